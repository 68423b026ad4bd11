#!/usr/bin/env python3
"""Asks a service's /ping until standard input ends, then prints how long each took; for the scenario crowd."""

import json
import select
import sys

from harness.client import Client


def main():
    client = Client(int(sys.argv[1]))
    answers = []
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        answers.append(client.get("/ping"))
    failed = [answer for answer in answers if answer.status != 200]
    print(json.dumps({"count": len(answers), "failed": len(failed), "seconds": [a.seconds for a in answers]}))


if __name__ == "__main__":
    main()
