import type { Source } from '../core/signal/messages.ts';
import { encodingsOf, scaled } from '../core/stage/encodings.ts';
import type { Size } from '../core/stage/shown-sizes.ts';

/** What a browser's picture track has now; null of sound, and where the browser does not say. */
function sizeOf(track: MediaStreamTrack): Size | null {
  const { width, height } = track.getSettings();
  return width && height ? { width, height } : null;
}

/** The layers in which a new track of a source is sent. */
export function layersOf(source: Source, track: MediaStreamTrack): RTCRtpEncodingParameters[] {
  return encodingsOf(source, sizeOf(track));
}

/** Another track, of another size perhaps, is sent in the layers that there are. */
export async function fitLayers(sender: RTCRtpSender, track: MediaStreamTrack): Promise<void> {
  const size = sizeOf(track);
  const parameters = sender.getParameters();
  if (size && parameters.encodings.some((encoding) => 'scaleResolutionDownTo' in encoding)) {
    parameters.encodings = scaled(parameters.encodings, size);
    await sender.setParameters(parameters);
  }
}

/** Sends these layers and lets the others rest, by their names. */
export async function activateLayers(
  sender: RTCRtpSender,
  active: Readonly<Record<string, boolean>>,
): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.length < 2) {
    return;
  }
  for (const encoding of parameters.encodings) {
    encoding.active = active[encoding.rid ?? ''] ?? encoding.active ?? true;
  }
  await sender.setParameters(parameters);
}
