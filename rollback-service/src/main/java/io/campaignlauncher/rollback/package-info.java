/** The rollback service: keeps the contents of what a job made and deletes it, as a last resort. */
@NullMarked
package io.campaignlauncher.rollback;

import org.jspecify.annotations.NullMarked;
