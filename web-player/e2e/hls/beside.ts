/** The lists beside those of the media: of pictures that need no other, and of captions. */
import { fragments } from './boxes.ts';
import { readPlaylist, type Playlist, type Segment } from './playlist.ts';
import type { Complain } from './rules.ts';

async function listOf(url: URL, complain: Complain): Promise<Playlist | null> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (answer.status !== 200) {
    complain('§6.2.4', `${url.pathname} answers ${answer.status}: ${text}`);
    return null;
  }
  return readPlaylist(text);
}

/** It has the media's segments, at the media's times, and makes the media's promises (§6.2.4). */
function sameSegments(list: Playlist, media: Playlist, complain: Complain): readonly Segment[] {
  for (const name of ['EXT-X-TARGETDURATION', 'EXT-X-SERVER-CONTROL']) {
    if (list.head.get(name) !== media.head.get(name)) {
      complain('§6.2.4', `${name} is not that of the media`);
    }
  }
  const known = new Map(list.segments.map((segment) => [segment.msn, segment]));
  const facts = ({ dateMs, dsn, seconds, discontinuity }: Segment): string =>
    JSON.stringify({ dateMs, dsn, seconds, discontinuity });
  for (const segment of media.segments) {
    const twin = known.get(segment.msn);
    if (!twin || facts(twin) !== facts(segment)) {
      complain('§6.2.4', `segment ${segment.msn} is not that of the media`);
    }
  }
  return list.segments.filter(({ gap }) => !gap);
}

/** Each picture is so many bytes of a segment, and starts with one that needs no other (§4.4.3.6). */
export async function checkPictures(
  url: URL,
  media: Playlist,
  complain: Complain,
): Promise<number> {
  const list = await listOf(url, complain);
  if (!list) {
    return 0;
  }
  if (!list.head.has('EXT-X-I-FRAMES-ONLY')) {
    complain('§4.4.3.6', 'no EXT-X-I-FRAMES-ONLY');
  }
  const pictures = sameSegments(list, media, complain);
  for (const { uri, byteRange } of pictures) {
    const [length = 0, offset = 0] = byteRange.split('@').map(Number);
    const range = `bytes=${offset}-${offset + length - 1}`;
    const answer = await fetch(new URL(uri, url), { headers: { range } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const [fragment] = answer.status === 206 ? fragments(bytes) : [];
    if (bytes.length !== length || !fragment?.sync) {
      complain('§4.4.3.6', `${byteRange} of ${uri} is no picture: ${answer.status}`);
    }
  }
  return pictures.length;
}

/** Each segment is WebVTT and says how its times go with the media's (§3.1.4). */
export async function checkCaptions(
  url: URL,
  media: Playlist,
  complain: Complain,
): Promise<string> {
  const list = await listOf(url, complain);
  let words = '';
  for (const { uri } of list ? sameSegments(list, media, complain) : []) {
    const text = await (await fetch(new URL(uri, url))).text();
    if (!/^WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:\d+,LOCAL:[\d:.]+\n\n/.test(text)) {
      complain('§3.1.4', `${uri} is no WebVTT segment: ${text.slice(0, 60)}`);
    }
    words += text;
  }
  return words;
}
