package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.PageSizes;
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.worker.FactReporter;

/**
 * What the rounds of one worker share.
 *
 * @param gate      bounds the requests of the process
 * @param pageSizes what Facebook answers at once
 */
record RoundPorts(Graph graph, TokenLookup tokens, FactReporter reporter, Claims claims,
        AccountPaces paces, WorkerTime time,
        CreationSettings settings, Permits gate, PageSizes pageSizes) {}
