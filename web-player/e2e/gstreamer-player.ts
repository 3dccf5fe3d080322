import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { eventually, OUT } from './check.ts';

/** GStreamer reads a program and takes its streams apart, at the pace of its clock. */
export async function gstreamerPlays(url: string, seconds: number): Promise<void> {
  const child = spawn(
    'gst-launch-1.0',
    [
      '-v',
      'urisourcebin',
      `uri=${url}`,
      'parse-streams=true',
      'name=program',
      'program.',
      '!',
      'queue',
      '!',
      'fakesink',
      'silent=false',
      'sync=true',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = createWriteStream(join(OUT, 'gstreamer.log'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      said += text;
      log.write(text);
    });
  }
  try {
    await eventually(`${seconds} s are shown`, async () => {
      if (/^ERROR/m.test(said)) {
        throw new Error(said.slice(said.indexOf('ERROR'), said.indexOf('ERROR') + 400));
      }
      const shown = new Set([...said.matchAll(/ pts: (\d+:\d+:\d+)\./g)].map(([, time]) => time));
      return shown.size >= seconds ? true : { notYet: `${shown.size} s` };
    });
  } finally {
    child.kill('SIGKILL');
  }
}
