/** What the stand-ins of other people's APIs have in common: reading requests, scripts of faults, and answers that come late, broken or never. */
@NullMarked
package io.campaignlauncher.standin;

import org.jspecify.annotations.NullMarked;
