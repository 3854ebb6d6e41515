"""The HTTP code that all features share: the htmx protocol, errors, headers, sessions, template helpers."""
