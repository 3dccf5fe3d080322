import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually, OUT } from './check.ts';

const CONFIGURATION = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'deploy',
  'coturn',
  'turnserver.conf',
);

const PLAIN_PORT = 3478;
const TLS_PORT = 443;

/** A coturn with the configuration that we recommend. */
export interface TurnServer {
  readonly urls: readonly string[];
  readonly secret: string;
  readonly plainPort: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts coturn on one address, which is also the only one that it may relay to.
 *
 * @param address6 so that it has IPv6 relays too
 */
export async function startTurn(
  address: string,
  address6: string,
  folder: string,
): Promise<TurnServer> {
  const secret = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';
  const [key, certificate] = [join(folder, 'turn.key'), join(folder, 'turn.crt')];
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${address} -addext subjectAltName=IP:${address} -keyout ${key} -out ${certificate}`.split(
      ' ',
    ),
    { stdio: 'ignore' },
  );
  const configuration = readFileSync(CONFIGURATION, 'utf8')
    .replaceAll('TURN_HOST', address)
    .replace('CERTIFICATE', certificate)
    .replace('PRIVATE_KEY', key)
    .replace('NODE_ADDRESS', address)
    .replace('=SECRET', `=${secret}`)
    .replaceAll(/^(proc-|syslog|no-stdout-log).*$/gm, '');
  const file = join(folder, 'turnserver.conf');
  writeFileSync(file, configuration);
  const child = spawn(
    'turnserver',
    [
      ...[
        '-c',
        file,
        `--listening-ip=${address}`,
        `--relay-ip=${address}`,
        `--relay-ip=${address6}`,
      ],
      ...[`--pidfile=${join(folder, 'turn.pid')}`, '--log-file=stdout'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = createWriteStream(join(OUT, 'turn.log'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await eventually('coturn listens', async () => {
    if (child.exitCode !== null) {
      throw new Error(`coturn ended with code ${child.exitCode}; see turn.log.`);
    }
    return (await listens(address, TLS_PORT)) ? true : { notYet: 'no connection' };
  });
  return {
    urls: [
      `turn:${address}:${PLAIN_PORT}?transport=udp`,
      `turn:${address}:${PLAIN_PORT}?transport=tcp`,
      `turns:${address}:${TLS_PORT}?transport=tcp`,
    ],
    secret,
    plainPort: PLAIN_PORT,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function listens(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
