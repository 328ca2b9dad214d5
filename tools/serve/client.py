"""Asks a served model as clients of TensorFlow Serving do, with Python's own library alone.

    python tools/serve/client.py http://127.0.0.1:8501/v1/models/NAME QUESTIONS.json ANSWERS.json

QUESTIONS.json is a list of bodies for :predict. Writes the answers in order, each a pair of HTTP status and JSON,
behind those to a GET of the model's status and of its metadata.
"""

import json
import sys
import urllib.error
import urllib.request


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return [answer.status, json.load(answer)]
    except urllib.error.HTTPError as error:
        return [error.code, json.load(error)]


def main(model, questions, answers):
    with open(questions) as file:
        bodies = json.load(file)
    found = [ask(model), ask(model + "/metadata")]
    found += [ask(model + ":predict", body) for body in bodies]
    with open(answers, "w") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
