"""Serves the application of docs/guides/python.md (app.py), with a page for the proof."""

import sys

from app import app, fobwatch, session

app.add_url_rule(
    "/what-it-knows",
    view_func=lambda: {
        "idToken": session["person"],
        "idTokenText": session["id_token"],
        "userinfo": fobwatch.userinfo(token={"access_token": session["access_token"], "token_type": "Bearer"}),
        "accessToken": session["access_token"],
    },
)

app.run("127.0.0.1", int(sys.argv[1]))
