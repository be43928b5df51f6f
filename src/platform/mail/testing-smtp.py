#!/usr/bin/env python3
# testing-smtp.py - a real SMTP server (aiosmtpd) for tests: takes mail, decodes it with Python's own
# email package, and writes each one as a line of JSON.
#
# usage: testing-smtp.py [--port N] [--user U --password P] [--cert C --key K [--tls]] [--refuse ADDR]
# The first line is the port. Ends when its standard input does.
# SPDX-License-Identifier: EUPL-1.2
import argparse, base64, json, ssl, sys
from email import message_from_bytes, policy
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

options = argparse.ArgumentParser()
options.add_argument('--port', type=int, default=0)
options.add_argument('--user')
options.add_argument('--password')
options.add_argument('--cert')
options.add_argument('--key')
options.add_argument('--tls', action='store_true')
options.add_argument('--refuse')
options = options.parse_args()


def tell(thing):
    print(json.dumps(thing), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == options.refuse:
            return '550 5.1.1 no such mailbox'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        tell({
            'from': envelope.mail_from, 'to': envelope.rcpt_tos,
            'user': session.auth_data.decode() if session.auth_data else '',
            'encrypted': bool(session.ssl) or options.tls,
            'subject': str(mail['subject']), 'from_name': mail['from'].addresses[0].display_name,
            'to_name': mail['to'].addresses[0].display_name, 'header_from': mail['from'].addresses[0].addr_spec,
            'id': str(mail['message-id']), 'date': mail['date'].datetime.isoformat(),
            'fields': [name.lower() for name in mail.keys()],
            'text': mail.get_content().replace('\r\n', '\n'), 'longest': max(map(len, envelope.content.split(b'\r\n'))),
        })
        return '250 OK'


def authenticate(server, session, envelope, mechanism, data):
    good = data.login.decode() == options.user and data.password.decode() == options.password
    return AuthResult(success=good, handled=False, auth_data=data.login)


context = None
if options.cert:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.cert, options.key)
settings = {'hostname': '127.0.0.1', 'port': options.port or 0, 'ready_timeout': 20}
if options.user:
    settings |= {'authenticator': authenticate, 'auth_required': True, 'auth_require_tls': False}
if context and options.tls:
    settings['ssl_context'] = context
elif context:
    settings['tls_context'] = context
# A free port is chosen here, for the controller asks its own door whether it is open.
if not options.port:
    import socket
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        settings['port'] = free.getsockname()[1]
controller = Controller(Handler(), **settings)
controller.start()
tell(settings['port'])
sys.stdin.read()
controller.stop()
