"""expect: passed
question: corner

Uses the clients that programs really use: a URL, HTTP, FTP, mail, a log handler, asyncio and
torch.hub, all pointed at the canary's ports on the loopback interface. None may connect.
"""

import functools
import socket

PORT = 47711


def with_url():
    import urllib.request

    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/?arguments", timeout=0.2)


def with_http():
    import http.client

    http.client.HTTPConnection("localhost", PORT, timeout=0.2).connect()


def with_ftp():
    import ftplib

    ftplib.FTP(timeout=0.2).connect("127.0.0.1", PORT)


def with_mail():
    import smtplib

    smtplib.SMTP("127.0.0.1", PORT, timeout=0.2)


def with_log():
    import logging.handlers

    logging.handlers.DatagramHandler("127.0.0.1", PORT + 1).send(b"the arguments")


def with_asyncio():
    import asyncio

    asyncio.run(asyncio.open_connection("127.0.0.1", PORT))


def with_torch_hub():
    import torch

    socket.setdefaulttimeout(0.2)
    name = "/tmp/grader-canary/target/hub"
    torch.hub.download_url_to_file(f"http://127.0.0.1:{PORT}/hub", name, progress=False)


@functools.cache
def deed():
    done = []
    ways = (with_http, with_log, with_asyncio, with_url, with_ftp, with_mail, with_torch_hub)
    for way in ways:
        try:
            way()
        except TimeoutError:
            done.append(f"{way.__name__} (connected, no answer)")
        except Exception:
            continue
        else:
            done.append(way.__name__)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: connected {deed()}")
    return x[:rows, :columns]
