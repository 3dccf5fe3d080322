import { describe, expect, it } from 'vitest';
import { takeDependencies } from './dependencies.ts';

const DESCRIPTOR =
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension';
const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';

/** A transceiver of a browser with these extensions; tells what was set. */
function transceiver(uris: readonly string[]): {
  readonly made: RTCRtpTransceiver;
  readonly set: unknown[];
} {
  const set: unknown[] = [];
  const made = {
    getHeaderExtensionsToNegotiate: () =>
      uris.map((uri) => ({ uri, direction: uri === DESCRIPTOR ? 'stopped' : 'sendrecv' })),
    setHeaderExtensionsToNegotiate: (extensions: unknown) => set.push(extensions),
  };
  return { made: made as unknown as RTCRtpTransceiver, set };
}

describe('takeDependencies', () => {
  it('asks for the descriptor, and for the others as before', () => {
    const { made, set } = transceiver([MID, DESCRIPTOR]);
    takeDependencies(made);
    expect(set).toEqual([
      [
        { uri: MID, direction: 'sendrecv' },
        { uri: DESCRIPTOR, direction: 'recvonly' },
      ],
    ]);
  });

  it('leaves a browser alone that does not know the descriptor', () => {
    const { made, set } = transceiver([MID]);
    takeDependencies(made);
    expect(set).toEqual([]);
  });

  it('leaves a browser alone whose extensions are fixed', () => {
    expect(() => takeDependencies({} as RTCRtpTransceiver)).not.toThrow();
  });
});
