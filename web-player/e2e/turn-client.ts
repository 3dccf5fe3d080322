import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const COOKIE = 0x2112a442;
const ALLOCATE = 0x0003;
const CREATE_PERMISSION = 0x0008;
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const ERROR_CODE = 0x0009;
const XOR_PEER_ADDRESS = 0x0012;
const REALM = 0x0014;
const NONCE = 0x0015;
const REQUESTED_ADDRESS_FAMILY = 0x0017;
const REQUESTED_TRANSPORT = 0x0019;

type Attributes = ReadonlyMap<number, Buffer>;

/**
 * What a TURN server (RFC 8656) answers to somebody who wants to be relayed to a peer: 0 when it
 * agrees, else the error's number. The last word is the server's: a relay of the wrong family counts.
 *
 * @param peer an IPv4 address, or an IPv6 one as 16 bytes
 */
export async function askForPeer(
  server: { host: string; port: number; secret: string },
  peer: string | Buffer,
): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const ask = async (type: number, attributes: [number, Buffer][], key?: Buffer) => {
    socket.send(message(type, attributes, key), server.port, server.host);
    const [answer] = (await once(socket, 'message')) as [Buffer];
    return parse(answer);
  };
  try {
    const family = Buffer.from([typeof peer === 'string' ? 1 : 2, 0, 0, 0]);
    const wanted: [number, Buffer][] = [[REQUESTED_TRANSPORT, Buffer.from([17, 0, 0, 0])]];
    const challenge = await ask(ALLOCATE, wanted);
    const username = `${Math.floor(Date.now() / 1000) + 600}:test/${randomBytes(4).toString('hex')}`;
    const password = createHmac('sha1', server.secret).update(username).digest('base64');
    const [realm, nonce] = [challenge.get(REALM)!, challenge.get(NONCE)!];
    const key = createHash('md5').update(`${username}:${realm.toString()}:${password}`).digest();
    const who: [number, Buffer][] = [
      [USERNAME, Buffer.from(username)],
      [REALM, realm],
      [NONCE, nonce],
    ];
    const sixth = family[0] === 2 ? [[REQUESTED_ADDRESS_FAMILY, family] as [number, Buffer]] : [];
    let allocated = await ask(ALLOCATE, [...wanted, ...sixth, ...who], key);
    if (errorOf(allocated) === 440) {
      // No IPv6 relay here: the attack also works, where it works, from an IPv4 one.
      allocated = await ask(ALLOCATE, [...wanted, ...who], key);
    }
    if (errorOf(allocated) !== 0) {
      throw new Error(`The relay itself was refused with ${errorOf(allocated)}.`);
    }
    return errorOf(await ask(CREATE_PERMISSION, [[XOR_PEER_ADDRESS, xored(peer)], ...who], key));
  } finally {
    socket.close();
  }
}

/** Transaction ids are all zero, so that an IPv6 address is only mixed with the cookie. */
function xored(peer: string | Buffer): Buffer {
  const address = typeof peer === 'string' ? Buffer.from(peer.split('.').map(Number)) : peer;
  const out = Buffer.alloc(4 + address.length);
  out[1] = address.length === 4 ? 1 : 2;
  out.writeUInt16BE(9 ^ (COOKIE >>> 16), 2);
  const cookie = Buffer.alloc(16);
  cookie.writeUInt32BE(COOKIE, 0);
  address.forEach((byte, at) => (out[4 + at] = byte ^ cookie[at]!));
  return out;
}

function message(type: number, attributes: [number, Buffer][], key?: Buffer): Buffer {
  const body = Buffer.concat(
    attributes.map(([name, value]) => {
      const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
      padded.writeUInt16BE(name, 0);
      padded.writeUInt16BE(value.length, 2);
      value.copy(padded, 4);
      return padded;
    }),
  );
  const header = Buffer.alloc(20);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  header.writeUInt32BE(COOKIE, 4);
  if (!key) {
    return Buffer.concat([header, body]);
  }
  const mac = createHmac('sha1', key).update(header).update(body).digest();
  const integrity = Buffer.from([MESSAGE_INTEGRITY >> 8, MESSAGE_INTEGRITY & 255, 0, 20]);
  return Buffer.concat([header, body, integrity, mac]);
}

function parse(answer: Buffer): Attributes {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= answer.length;) {
    const length = answer.readUInt16BE(at + 2);
    attributes.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return attributes;
}

function errorOf(answer: Attributes): number {
  const error = answer.get(ERROR_CODE);
  return error ? error[2]! * 100 + error[3]! : 0;
}
