"""From HTML to a PDF: laid out, tagged, filled, cached, in processes that are shut in."""
