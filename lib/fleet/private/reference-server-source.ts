/** The line that ends the program in the user data; it must not occur in the program. */
export const SOURCE_END = 'HEADGATE_SERVER';

/**
 * A small HTTP server on Python's standard library, which Amazon Linux 2023 ships (version 3.9), so that a fleet serves without
 * installing anything. Its arguments are the port, the Region and the fleet's name in base64: nothing is ever written into the program.
 */
export const SOURCE = String.raw`"""Reference server: says where a request arrived. Arguments: PORT REGION FLEET_IN_BASE64"""
import base64
import http.client
import http.server
import json
import re
import signal
import socketserver
import sys
import threading

METADATA = '169.254.169.254'
IDLE_SECONDS = 75  # longer than the balancer's 60: it must never reuse a connection that this end just closed
DRAIN_SECONDS = 12  # until two readiness checks, 5 s apart, have failed
BODY_LIMIT = 16 * 1024 * 1024
PIECE = 64 * 1024

draining = threading.Event()


def metadata(method, path, headers):
    connection = http.client.HTTPConnection(METADATA, timeout=2)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        text = response.read().decode('ascii').strip()
        if response.status != 200:
            raise ValueError(response.status)
        return text
    finally:
        connection.close()


def instance_id():
    try:
        token = metadata('PUT', '/latest/api/token', {'X-aws-ec2-metadata-token-ttl-seconds': '60'})
        return metadata('GET', '/latest/meta-data/instance-id', {'X-aws-ec2-metadata-token': token})
    except (OSError, ValueError, http.client.HTTPException):
        return 'unknown'


class BadBody(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet for head and body

    def answer(self):
        try:
            self.read_body()
        except BadBody as bad:
            self.close_connection = True
            return self.respond(bad.status, {'error': 'the body is malformed or too long'})
        path = self.path.split('?', 1)[0] if self.command in ('GET', 'HEAD') else None
        if path == '/live':
            return self.respond(200, {'live': True})
        if path == '/ready':
            ready = not draining.is_set()
            return self.respond(200 if ready else 503, {'ready': ready})
        return self.respond(200, IDENTITY)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def respond(self, status, document):
        body = json.dumps(document).encode() + b'\n'
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.send_header('Cache-Control', 'no-store')
        if self.close_connection or draining.is_set():
            self.send_header('Connection', 'close')
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def read_body(self):
        lengths = self.headers.get_all('Content-Length') or []
        encodings = self.headers.get_all('Transfer-Encoding') or []
        if encodings:
            if lengths or [e.strip().lower() for e in encodings] != ['chunked']:
                raise BadBody(400)
            self.read_chunks()
        elif lengths:
            if len(lengths) > 1 or not re.fullmatch('[0-9]{1,15}', lengths[0].strip()):
                raise BadBody(400)
            self.skip(int(lengths[0]), 0)

    def read_chunks(self):
        total = 0
        while True:
            size = re.fullmatch(b'([0-9a-fA-F]{1,8})[ \t]*(;.*)?\r?\n', self.rfile.readline(1024))
            if not size:
                raise BadBody(400)
            length = int(size[1], 16)
            if length == 0:
                break
            total = self.skip(length, total)
            if self.rfile.readline(3) not in (b'\r\n', b'\n'):
                raise BadBody(400)
        for _ in range(64):
            if self.rfile.readline(4096) in (b'\r\n', b'\n', b''):
                return
        raise BadBody(400)

    def skip(self, length, before):
        if before + length > BODY_LIMIT:
            raise BadBody(413)
        left = length
        while left > 0:
            piece = self.rfile.read(min(left, PIECE))
            if not piece:
                raise BadBody(400)
            left -= len(piece)
        return before + length

    def version_string(self):
        return 'headgate'

    def handle_expect_100(self):
        accepted = super().handle_expect_100()
        self.wfile.flush()
        return accepted

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024

    def server_bind(self):  # without the name lookup of the base class
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = 'localhost', self.server_address[1]

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def drain(*_):
    if not draining.is_set():
        draining.set()
        threading.Timer(DRAIN_SECONDS, server.shutdown).start()


IDENTITY = {'instance': instance_id(), 'fleet': base64.b64decode(sys.argv[3]).decode(), 'region': sys.argv[2]}
server = Server(('', int(sys.argv[1])), Handler)
signal.signal(signal.SIGTERM, drain)
print('serving', json.dumps(IDENTITY), flush=True)
server.serve_forever()
server.server_close()
`;
