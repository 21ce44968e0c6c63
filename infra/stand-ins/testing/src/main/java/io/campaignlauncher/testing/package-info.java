/** What integration tests share: servers in containers where Docker answers and in this process where not, and fakes. */
@NullMarked
package io.campaignlauncher.testing;

import org.jspecify.annotations.NullMarked;
