/** ISO BMFF (ISO 14496-12) and CMAF (ISO 23000-19) boxes, written and read by pure functions. */
@NullMarked
package dev.amphi.packager.mp4;

import org.jspecify.annotations.NullMarked;
