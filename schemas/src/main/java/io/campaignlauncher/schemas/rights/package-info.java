/** Who may do what on Kafka: each program, and the rights that it needs there. */
@NullMarked
package io.campaignlauncher.schemas.rights;

import org.jspecify.annotations.NullMarked;
