import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { OUT } from './check.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', '..', '..', 'amphi');

/** The same sizes of the program, whatever the machine has time for. */
const RENDITIONS = { AMPHI_COMPOSER_RENDITIONS: '720p,360p' };

/** A node of our own, started with the command that README gives. */
export interface RunningNode {
  readonly url: string;
  readonly mediaPort: number;
  /** Of its process; the composer's is a child of it. */
  readonly pid: number;
  /** What it printed until it was ready. */
  readonly printed: string;
  readonly stop: () => Promise<void>;
  /** Ends its process by that signal and waits for the end. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  /** The same node again: its ports, its data folder. */
  readonly again: () => Promise<RunningNode>;
}

export async function startNode(
  dataDir: string,
  command: 'run' | 'demo' = 'run',
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningNode> {
  const ports = await Promise.all([freeTcpPort(), freeUdpPort()]);
  return startAt(ports, dataDir, command, settings);
}

async function startAt(
  ports: readonly [number, number],
  dataDir: string,
  command: 'run' | 'demo',
  settings: Readonly<Record<string, string>>,
): Promise<RunningNode> {
  const [http, media] = ports;
  const child = spawn(
    LAUNCHER,
    [command, '--http-port', `${http}`, '--media-port', `${media}`, '--data-dir', dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...RENDITIONS, ...process.env, ...settings } },
  );
  const log = createWriteStream(join(OUT, `${command}.log`), { flags: 'a' });
  child.stderr.pipe(log);
  const { url, printed } = await ready(child, log);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url,
    mediaPort: media,
    pid: child.pid ?? 0,
    printed,
    stop: () => end('SIGTERM'),
    end,
    again: () => startAt(ports, dataDir, command, settings),
  };
}

async function ready(
  child: ChildProcess,
  log: NodeJS.WritableStream,
): Promise<{ url: string; printed: string }> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      log.write(bytes);
      printed += bytes.toString();
      const url = /^AMPHI READY (\S+)$/m.exec(printed)?.[1];
      if (url) {
        resolve({ url, printed });
      }
    });
    child.on('exit', (code) =>
      reject(new Error(`The node ended with code ${code} before it was ready; see its log.`)),
    );
  });
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
