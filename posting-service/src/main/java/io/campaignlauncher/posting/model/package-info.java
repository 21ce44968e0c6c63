/** How a post is made once: what comes next for a post job, and what each answer means. */
@NullMarked
package io.campaignlauncher.posting.model;

import org.jspecify.annotations.NullMarked;
