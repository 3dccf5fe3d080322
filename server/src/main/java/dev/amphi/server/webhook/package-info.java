/**
 * Tells other programs what happens in classes, as Standard Webhooks has it: kept on the disk until
 * they have it, signed, and sent again where it failed.
 */
@NullMarked
package dev.amphi.server.webhook;

import org.jspecify.annotations.NullMarked;
