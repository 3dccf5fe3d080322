/** What a program gives up when its machine is busy, and what a machine can carry; pure. */
@NullMarked
package dev.amphi.composer.load;

import org.jspecify.annotations.NullMarked;
