const DESCRIPTOR =
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension';

interface Extension {
  readonly uri: string;
  direction: RTCRtpTransceiverDirection;
}

/** What browsers have that tell and change their extensions (WebRTC Extensions §6). */
interface Negotiable {
  getHeaderExtensionsToNegotiate?: () => Extension[];
  setHeaderExtensionsToNegotiate?: (extensions: Extension[]) => void;
}

/**
 * Offers the dependency descriptor (AOM "RTP Payload Format For AV1" 1.0, Appendix A) for what is
 * received. Without it Chromium decodes no AV1 stream of which more than the smallest spatial layer
 * is sent; it has the descriptor, but does not offer it by itself. Where it cannot be asked for the
 * server sends the smallest layer.
 */
export function takeDependencies(transceiver: RTCRtpTransceiver): void {
  const negotiable = transceiver as RTCRtpTransceiver & Negotiable;
  const extensions = negotiable.getHeaderExtensionsToNegotiate?.();
  const descriptor = extensions?.find(({ uri }) => uri === DESCRIPTOR);
  if (extensions && descriptor && negotiable.setHeaderExtensionsToNegotiate) {
    descriptor.direction = 'recvonly';
    negotiable.setHeaderExtensionsToNegotiate(extensions);
  }
}
