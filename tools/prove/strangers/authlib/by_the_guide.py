"""Serves the application of docs/guides/python.md (app.py), with a page for the proof."""

import sys

from app import app, fobwatch, person_needed, session


@app.get("/what-it-knows")
@person_needed
def what_it_knows():
    access_token = session["access_token"]
    return {
        "idToken": session["person"],
        "idTokenText": session["id_token"],
        "userinfo": fobwatch.userinfo(token={"access_token": access_token, "token_type": "Bearer"}),
        "accessToken": access_token,
    }


app.run("127.0.0.1", int(sys.argv[1]))
