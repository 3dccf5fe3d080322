import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { OUT } from './check.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', '..', '..', 'amphi');

/** A node of our own, started with the command that README gives. */
export interface RunningNode {
  readonly url: string;
  readonly mediaPort: number;
  /** What it printed until it was ready. */
  readonly printed: string;
  readonly stop: () => Promise<void>;
}

export async function startNode(
  dataDir: string,
  command: 'run' | 'demo' = 'run',
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningNode> {
  const [http, media] = await Promise.all([freeTcpPort(), freeUdpPort()]);
  const child = spawn(
    LAUNCHER,
    [command, '--http-port', `${http}`, '--media-port', `${media}`, '--data-dir', dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...settings } },
  );
  const log = createWriteStream(join(OUT, `${command}.log`));
  child.stderr.pipe(log);
  const { url, printed } = await ready(child, log);
  return {
    url,
    mediaPort: media,
    printed,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
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
