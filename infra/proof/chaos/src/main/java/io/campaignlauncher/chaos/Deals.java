package io.campaignlauncher.chaos;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What people were told by the marketplace: it has to be so when all is over. */
final class Deals {

    /** Campaigns by their names, which their advertisers use once. */
    final Map<String, String> campaigns = new ConcurrentHashMap<>();
    /** Targets by their texts, each of which is used once. */
    final Map<String, String> targets = new ConcurrentHashMap<>();
    final Queue<Deposit> deposits = new ConcurrentLinkedQueue<>();
    /** By target: the escrow and the post job of every answer to an approval. */
    final Map<String, Set<Approval>> approvals = new ConcurrentHashMap<>();
    /** Campaigns as above, of which a cancel was accepted. */
    final Map<String, String> cancelled = new ConcurrentHashMap<>();

    record Deposit(String userId, String externalId, String amount) {}

    record Approval(String escrowId, String postJobId) {}

    void approved(String targetId, Approval approval) {
        approvals.computeIfAbsent(targetId, _ -> ConcurrentHashMap.newKeySet()).add(approval);
    }
}
