import { clockOf } from '../room/pause.ts';

/** A push as `GET …/pushes` tells it. */
export interface Push {
  readonly id: string;
  readonly name: string;
  /** Without its secrets. */
  readonly url: string;
  readonly state: 'stopped' | 'connecting' | 'live' | 'retrying' | 'failed';
  /** Why it is not live, in a sentence. */
  readonly detail?: string;
  readonly state_for_s: number;
  readonly retry_in_s?: number;
  readonly dropped_groups: number;
}

/** What `POST …/pushes` takes. */
export interface NewPush {
  readonly url: string;
  readonly key?: string;
  readonly name?: string;
  readonly rendition?: string;
}

/** A kind of place that a class can go to. */
export interface Place {
  readonly id: 'youtube' | 'twitch' | 'rtmp' | 'srt';
  readonly label: string;
  /** As everybody in the class is told; empty where somebody has to think of one. */
  readonly name: string;
  /** Where it takes streams; empty where everybody has their own. */
  readonly address: string;
  readonly example: string;
}

/** The addresses that these platforms usually have; who was given another chooses other. */
export const PLACES: readonly Place[] = [
  {
    id: 'youtube',
    label: 'YouTube',
    name: 'YouTube',
    address: 'rtmps://a.rtmps.youtube.com/live2',
    example: 'rtmps://…',
  },
  {
    id: 'twitch',
    label: 'Twitch',
    name: 'Twitch',
    address: 'rtmps://ingest.global-contribute.live-video.net/app',
    example: 'rtmps://…',
  },
  {
    id: 'rtmp',
    label: 'Other, by RTMP',
    name: '',
    address: '',
    example: 'rtmps://live.example.org/app',
  },
  {
    id: 'srt',
    label: 'Other, by SRT',
    name: '',
    address: '',
    example: 'srt://live.example.org:9000',
  },
];

/** What a person wrote into the form. */
export interface Written {
  readonly place: Place['id'];
  readonly address: string;
  /** RTMP's stream key, or SRT's stream id. */
  readonly key: string;
  readonly passphrase: string;
  readonly name: string;
  readonly rendition: string;
}

/** What the server is asked for; whether it is right, the server says. */
export function asked({ place, address, key, passphrase, name, rendition }: Written): NewPush {
  const more = { ...(name.trim() && { name: name.trim() }), ...(rendition && { rendition }) };
  const url = address.trim();
  const secret = key.trim(); // Copied from a page, with the blank behind it.
  if (place !== 'srt') {
    return { url, ...(secret && { key: secret }), ...more };
  }
  const options = [
    ...(secret ? [`streamid=${encodeURIComponent(secret)}`] : []),
    ...(passphrase ? [`passphrase=${encodeURIComponent(passphrase)}`] : []),
  ];
  return { url: withOptions(url, options), ...more };
}

function withOptions(url: string, options: readonly string[]): string {
  return options.length > 0 ? `${url}${url.includes('?') ? '&' : '?'}${options.join('&')}` : url;
}

/** How a push stands, for people. */
export interface Standing {
  readonly tone: 'good' | 'wait' | 'bad';
  readonly words: string;
  /** Why, where there is a reason; empty otherwise. */
  readonly why: string;
}

/**
 * @param toldMs when the server said so
 * @param nowMs the same clock, now
 */
export function standing(push: Push, toldMs: number, nowMs: number): Standing {
  const why = push.detail ?? '';
  switch (push.state) {
    case 'stopped':
      return { tone: 'wait', words: 'Begins when the class is live', why };
    case 'connecting':
      return { tone: 'wait', words: 'Connecting …', why };
    case 'live':
      return {
        tone: 'good',
        words: `On air there since ${clockOf(new Date(toldMs - push.state_for_s * 1000))}`,
        why: push.dropped_groups > 0 ? slow(push.dropped_groups) : why,
      };
    case 'retrying': {
      const left = Math.ceil((push.retry_in_s ?? 0) - (nowMs - toldMs) / 1000);
      return { tone: 'bad', words: left > 0 ? `Trying again in ${left} s` : 'Trying again …', why };
    }
    case 'failed':
      return {
        tone: 'bad',
        words: 'Not tried any more',
        why: `${why} Remove it, and add it as it should be.`.trim(),
      };
  }
}

function slow(groups: number): string {
  const times = groups === 1 ? 'once' : `${groups} times`;
  return `It takes the stream too slowly: pictures were left out ${times}.`;
}

/** What a screen reader hears when something changes; the seconds are not news. */
export function news(pushes: readonly Push[]): string {
  return pushes.map(({ name, state }) => `${name}: ${STATES[state]}.`).join(' ');
}

const STATES: Readonly<Record<Push['state'], string>> = {
  stopped: 'begins when the class is live',
  connecting: 'connecting',
  live: 'on air',
  retrying: 'trying again',
  failed: 'not tried any more',
};
