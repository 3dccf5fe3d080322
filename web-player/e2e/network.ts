import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';

/**
 * A network of its own for a browser: one cable to this machine, and a firewall that a test closes.
 * HTTP comes in beside the cable, over a Unix socket to the browser's own loopback, because a page
 * may only use a camera when it comes from a secure origin.
 *
 * Needs root on Linux, `ip` and `nft`.
 */
export class OtherNetwork {
  /** This machine, as the other network reaches it. */
  readonly host: string;
  /** This machine's IPv6 address on the same cable. */
  readonly host6: string;
  readonly #name: string;
  /** The first three numbers of the second cable's addresses. */
  readonly #second: string;
  #door?: Server;
  #relay?: ChildProcess;

  private constructor(name: string, host: string, second: string) {
    this.#name = name;
    this.#second = second;
    this.host = host;
    this.host6 = `fd00:${host.replaceAll('.', ':')}::1`;
  }

  /** Why there can be no such network here; empty when there can. */
  static missing(): string {
    try {
      run('ip', 'netns', 'add', `probe-${process.pid}`);
      run('ip', 'netns', 'delete', `probe-${process.pid}`);
      run('nft', '--version');
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** A network with nothing forbidden yet. */
  static open(): OtherNetwork {
    const name = `amphi-${process.pid}`;
    const subnet = `10.${100 + (process.pid % 100)}.${(process.pid >> 7) & 255}`;
    const cable = `amphi${process.pid % 100_000}`;
    const network = new OtherNetwork(
      name,
      `${subnet}.1`,
      `10.${200 + (process.pid % 50)}.${(process.pid >> 7) & 255}`,
    );
    run('ip', 'netns', 'add', name);
    run('ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    run('ip', 'address', 'add', `${subnet}.1/24`, 'dev', cable);
    run('ip', 'address', 'add', `${network.host6}/80`, 'dev', cable, 'nodad');
    run('ip', 'link', 'set', cable, 'up');
    network.#inside('ip', 'address', 'add', `${subnet}.2/24`, 'dev', 'eth0');
    network.#inside('ip', 'link', 'set', 'eth0', 'up');
    network.#inside('ip', 'link', 'set', 'lo', 'up');
    network.#inside('nft', 'add', 'table', 'inet', 'firewall');
    network.#inside(
      'nft',
      'add chain inet firewall in { type filter hook input priority 0; policy accept; }',
    );
    network.#inside(
      'nft',
      'add chain inet firewall out { type filter hook output priority 0; policy accept; }',
    );
    return network;
  }

  /** Nothing comes in or goes out, as in a tunnel: the addresses stay. */
  dark(on: boolean): void {
    this.#inside('nft', 'flush', 'chain', 'inet', 'firewall', 'in');
    if (on) {
      this.#inside('nft', 'add rule inet firewall in iifname != "lo" drop');
    }
    this.firewall(...(on ? ['drop'] : []));
  }

  /** Lays a second cable, which the other network does not use yet: {@link move} does. */
  addSecondCable(): void {
    const cable = `amphj${process.pid % 100_000}`;
    run('ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth1', 'netns', this.#name);
    run('ip', 'address', 'add', `${this.#second}.1/24`, 'dev', cable);
    run('ip', 'link', 'set', cable, 'up');
  }

  /** The first cable is pulled, and only then the second one has an address: this one. */
  move(): string {
    this.#inside('ip', 'link', 'set', 'eth0', 'down');
    this.#inside('ip', 'address', 'replace', `${this.#second}.2/24`, 'dev', 'eth1');
    this.#inside('ip', 'link', 'set', 'eth1', 'up');
    this.#inside('ip', 'route', 'replace', 'default', 'via', `${this.#second}.1`);
    return `${this.#second}.2`;
  }

  /** And back, in the same order, to that address. */
  moveBack(): string {
    this.#inside('ip', 'address', 'flush', 'dev', 'eth1');
    this.#inside('ip', 'link', 'set', 'eth1', 'down');
    this.#inside('ip', 'link', 'set', 'eth0', 'up');
    return this.host.replace(/1$/, '2');
  }

  /** Lets a port of this machine's loopback be reached at the same port of the network's own. */
  async letIn(port: number, folder: string): Promise<void> {
    const socket = join(folder, `http-${port}`);
    this.#door = createServer((inside) => {
      const outside = connect(port, '127.0.0.1');
      inside.pipe(outside).pipe(inside);
      inside.on('error', () => outside.destroy());
      outside.on('error', () => inside.destroy());
    }).listen(socket);
    await once(this.#door, 'listening');
    const script = `
      const { connect, createServer } = require('node:net');
      createServer((browser) => {
        const door = connect(${JSON.stringify(socket)});
        browser.pipe(door).pipe(browser);
        browser.on('error', () => door.destroy());
        door.on('error', () => browser.destroy());
      }).listen(${port}, '127.0.0.1', () => console.log('open'));`;
    this.#relay = spawn('ip', ['netns', 'exec', this.#name, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(this.#relay.stdout!, 'data');
  }

  /** A program that starts another one inside. */
  wrapper(program: string, folder: string): string {
    const path = join(folder, 'inside');
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.#name} ${program} "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** Replaces the firewall's rules, each in nft's words; loopback stays free. */
  firewall(...rules: string[]): void {
    this.#inside('nft', 'flush', 'chain', 'inet', 'firewall', 'out');
    for (const rule of ['oifname "lo" accept', ...rules]) {
      this.#inside('nft', `add rule inet firewall out ${rule}`);
    }
  }

  close(): void {
    this.#relay?.kill();
    this.#door?.close();
    run('ip', 'netns', 'delete', this.#name);
  }

  #inside(...command: string[]): void {
    run('ip', 'netns', 'exec', this.#name, ...command);
  }
}

function run(program: string, ...parameters: string[]): void {
  execFileSync(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
}
