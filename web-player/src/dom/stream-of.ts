const streams = new WeakMap<MediaStreamTrack, MediaStream>();

/** The same stream for the same track, so that a preview is not restarted by each drawing. */
export function streamOf(track: MediaStreamTrack): MediaStream {
  let stream = streams.get(track);
  if (!stream) {
    stream = new MediaStream([track]);
    streams.set(track, stream);
  }
  return stream;
}
