package dev.amphi.server.push;

/**
 * A push as people may see it.
 *
 * @param url without its secrets
 * @param rendition the picture that is sent, or is wanted while nothing is; "" for the largest
 * @param detail why it does not run, in words; "" while it does
 * @param stateForS whole seconds for which it has stood like that
 * @param retryInS whole seconds, rounded up, until it is tried again; 0 when it is not waiting
 * @param bytes of media that were sent
 * @param reconnects how often it had to connect anew
 * @param droppedGroups groups of pictures that the platform was too slow for
 */
public record PushView(
    String id,
    String name,
    String url,
    String rendition,
    PushState state,
    String detail,
    long stateForS,
    long retryInS,
    long bytes,
    long reconnects,
    long droppedGroups) {}
