package io.campaignlauncher.schemas;

import java.util.Collection;
import java.util.List;

/** Keeps what the faults of one message say within a bound, however many slots failed each in its own words. */
public final class FaultTexts {

    /** Of all texts together; encoded they are at most three times as many bytes, which a record has room for. */
    static final int CHARACTERS_MAX = 64 * 1024;

    /** The codes stand last and are kept. */
    private static final int END = 40;
    private static final String LEFT_OUT = "…";

    private FaultTexts() {}

    /** The same faults, in order; where their texts are too long together, each that is longer than its share is cut. */
    public static List<GraphFault> bounded(Collection<GraphFault> faults) {
        if (faults.stream().mapToInt(fault -> fault.getMessage().length()).sum() <= CHARACTERS_MAX) {
            return List.copyOf(faults);
        }
        int share = Math.max(CHARACTERS_MAX / faults.size(), END + LEFT_OUT.length());
        return faults.stream()
                .map(fault -> fault.getMessage().length() <= share ? fault
                        : GraphFault.newBuilder(fault).setMessage(cut(fault.getMessage(), share)).build())
                .toList();
    }

    /** Not within a character: half of one is a question mark to whoever reads it. */
    private static String cut(String text, int length) {
        int head = length - END - LEFT_OUT.length();
        int tail = text.length() - END;
        if (head > 0 && Character.isHighSurrogate(text.charAt(head - 1))) {
            head--;
        }
        if (Character.isLowSurrogate(text.charAt(tail))) {
            tail++;
        }
        return text.substring(0, head) + LEFT_OUT + text.substring(tail);
    }
}
