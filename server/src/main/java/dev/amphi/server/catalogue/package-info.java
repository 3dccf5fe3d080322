/** Which of a node's recordings somebody asked for, page by page. */
@NullMarked
package dev.amphi.server.catalogue;

import org.jspecify.annotations.NullMarked;
