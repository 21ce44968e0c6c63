/** What a creation round is to create, what an answer means, how what exists is matched, and how an account is paced. */
@NullMarked
package io.campaignlauncher.creation.model;

import org.jspecify.annotations.NullMarked;
