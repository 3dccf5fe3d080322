/** HLS playlists (RFC 8216bis) as values, their text one function of them. */
@NullMarked
package dev.amphi.packager.playlist;

import org.jspecify.annotations.NullMarked;
