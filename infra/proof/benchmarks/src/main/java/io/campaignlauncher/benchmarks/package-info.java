/** Benchmarks on the standalone system, beside what a bare client and a naive script take in the same run. */
@NullMarked
package io.campaignlauncher.benchmarks;

import org.jspecify.annotations.NullMarked;
