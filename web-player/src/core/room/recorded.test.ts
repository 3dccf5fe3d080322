import { describe, expect, it } from 'vitest';
import type { RecordingNotice, Room } from '../signal/messages.ts';
import { recordingTroubles } from './recorded.ts';

const room = (recording: boolean, notice: Partial<RecordingNotice> | null): Room => ({
  id: 'maths',
  title: 'Maths',
  state: 'live',
  audience: 'open',
  live: true,
  layout: 'auto',
  recording,
  recording_notice: notice && { failed: false, detail: '', stored_detail: '', ...notice },
});

describe('recordingTroubles', () => {
  it('has nothing to say when all is well', () => {
    expect(recordingTroubles(null)).toEqual([]);
    expect(recordingTroubles(room(true, null))).toEqual([]);
  });

  it('warns of a disk that fills up in the server’s words', () => {
    const detail =
      'The disk has room for about 12 more minutes of this recording: free some of it.';
    expect(recordingTroubles(room(true, { detail }))).toEqual([detail]);
  });

  it('says how to begin again after a failure, unless that was done', () => {
    const notice = { failed: true, detail: 'The recording stopped, the class goes on: no space.' };
    expect(recordingTroubles(room(false, notice))).toEqual([
      'The recording stopped, the class goes on: no space. After that, press Record: another one begins.',
    ]);
    expect(recordingTroubles(room(true, notice))).toEqual([notice.detail]);
    expect(recordingTroubles(room(false, { failed: true }))[0]).toMatch(/^The recording failed\. /);
  });

  it('tells of a store that does not answer by itself', () => {
    expect(recordingTroubles(room(true, { stored_detail: 'It cannot be reached.' }))).toEqual([
      'The store does not take the recording. It cannot be reached.',
    ]);
  });
});
