/** Fills the screen with a player, or gives it back; on an iPhone only the video itself can. */
export function toggleFullScreen(frame: HTMLElement, video: HTMLVideoElement): void {
  const phone = video as HTMLVideoElement & { webkitEnterFullscreen?: () => void };
  if (document.fullscreenElement) {
    void document.exitFullscreen();
  } else if (frame.requestFullscreen) {
    void frame.requestFullscreen().catch(() => undefined); // Refused without a press.
  } else {
    phone.webkitEnterFullscreen?.();
  }
}

/** Plays on in a small window above all others, or no more. */
export function togglePictureInPicture(video: HTMLVideoElement): void {
  void (
    document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : video.requestPictureInPicture()
  ).catch(() => undefined); // Refused without a press, or by the system: nothing to do.
}
