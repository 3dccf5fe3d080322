/**
 * The second home of recordings: what is on the disk is brought to an object store while it grows,
 * and is found there when the disk is gone. Knows folders and files, and nothing of what is in
 * them.
 */
@NullMarked
package dev.amphi.packager.vault;

import org.jspecify.annotations.NullMarked;
