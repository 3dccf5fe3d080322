import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const NGINX = '/usr/sbin/nginx';
const MODULE = '/usr/lib/nginx/modules/ngx_rtmp_module.so';

/** A platform as others run one: nginx with its RTMP module, which records what it is sent. */
export class RtmpServer {
  #process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Why this machine has none; empty when it has. */
  static missing(): string {
    const lacks = [NGINX, MODULE].filter((path) => !existsSync(path));
    return lacks.length > 0 ? `There is no ${lacks.join(' and no ')} here.` : '';
  }

  static async in(folder: string): Promise<RtmpServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    probe.close();
    await once(probe, 'close');
    const server = new RtmpServer(folder, port);
    mkdirSync(join(folder, 'recorded'), { recursive: true });
    writeFileSync(join(folder, 'nginx.conf'), server.#config());
    return server;
  }

  /** Without a key. */
  get address(): string {
    return `rtmp://127.0.0.1:${this.port}/live`;
  }

  start(): void {
    const log = join(this.folder, 'error.log');
    const conf = join(this.folder, 'nginx.conf');
    this.#process = spawn(NGINX, ['-e', log, '-p', this.folder, '-c', conf], { stdio: 'ignore' });
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running && running.exitCode === null) {
      const exited = once(running, 'exit');
      running.kill('SIGKILL');
      await exited;
    }
  }

  /** What it recorded, each connection a file of its own, the oldest first. */
  recorded(): { readonly path: string; readonly bytes: number }[] {
    const folder = join(this.folder, 'recorded');
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .map((path) => ({ path, bytes: statSync(path).size }));
  }

  #config(): string {
    return `
load_module ${MODULE};
daemon off;
master_process off;
pid ${this.folder}/nginx.pid;
error_log ${this.folder}/error.log info;
events { worker_connections 64; }
rtmp {
  server {
    listen 127.0.0.1:${this.port};
    application live {
      live on;
      record all;
      record_path ${this.folder}/recorded;
      record_unique on;
    }
  }
}
`;
  }
}
