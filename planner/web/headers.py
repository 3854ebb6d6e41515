"""Security headers for every response, error pages included. One static policy, nothing unsafe in it."""

from __future__ import annotations

from flask import Response, request

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}


def secure(response: Response) -> Response:
    """Add the headers. Pages are never stored by browsers or proxies; static files that exist may be."""
    response.headers["Content-Security-Policy"] = "; ".join(f"{k} {v}" for k, v in POLICY.items())
    if (response.mimetype or "").startswith("image/") and request.endpoint != "static":
        # A picture that members sent runs nothing, even when it is opened by itself.
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response
