/** {@code bench hls}: what a broadcast's playlists and media cost, beside nginx. */
@NullMarked
package dev.amphi.server.load.origin;

import org.jspecify.annotations.NullMarked;
