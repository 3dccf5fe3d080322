/** WebM and Matroska (RFC 8794, RFC 9559) of one track, written and read by pure functions. */
@NullMarked
package dev.amphi.packager.webm;

import org.jspecify.annotations.NullMarked;
