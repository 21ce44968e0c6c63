package io.campaignlauncher.schemas;

import java.text.Normalizer;

/**
 * The form of a name that Facebook keeps as it is. It is given to a request's name where the request comes in, and to both
 * sides wherever names are compared: an entity whose name came back changed would be taken for somebody else's, and made
 * again.
 *
 * <p>Blanks at both ends go: the server trims them (an assumption, no page says so, nor what it takes for a blank; so
 * whatever may count as one goes, the no-break and the invisible ones too). Letters are composed (NFC): a server that does the same
 * changes nothing then, and one that does not changes nothing either. Blanks within a name are left alone.
 */
public final class KeptName {

    private static final String INVISIBLE = "\u180e\u200b\u2060\ufeff";

    private KeptName() {}

    public static String of(String name) {
        var composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        int begin = 0;
        int end = composed.length();
        while (begin < end && isBlank(composed.charAt(begin))) {
            begin++;
        }
        while (begin < end && isBlank(composed.charAt(end - 1))) {
            end--;
        }
        return composed.substring(begin, end);
    }

    /** Whether Facebook would keep both as the same name. */
    public static boolean same(String one, String other) {
        return one.equals(other) || of(one).equals(of(other));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || INVISIBLE.indexOf(c) >= 0;
    }
}
