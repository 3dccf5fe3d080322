/** One running node: builds the parts, starts them in order and stops them in reverse. */
@NullMarked
package dev.amphi.server.node;

import org.jspecify.annotations.NullMarked;
