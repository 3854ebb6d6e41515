"""What goes on paper: handouts for clients, the run sheet for the counsellor, and the PDF renderer."""
