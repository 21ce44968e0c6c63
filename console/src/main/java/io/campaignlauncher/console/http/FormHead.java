package io.campaignlauncher.console.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the file in a {@code multipart/form-data} body whose last part is the file.
 *
 * @param end where the file begins in the body
 */
record FormHead(Map<String, String> fields, String fileName, int end) {

    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\\r\\n]*?[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern
            .compile("(?i)content-disposition:[^\\r\\n]*?[; ]filename=\"([^\"]*)\"");
    private static final String BLANK_LINE = "\r\n\r\n";

    FormHead {
        fields = Map.copyOf(fields);
    }

    /**
     * @param begin of the body
     * @return null: more of it is needed
     * @throws Malformed where it is no such form
     */
    static @Nullable FormHead of(byte[] begin, String boundary) throws Malformed {
        // One byte, one character.
        var text = new String(begin, StandardCharsets.ISO_8859_1);
        var line = "--" + boundary;
        var fields = new HashMap<String, String>();
        int at = 0;
        while (true) {
            if (!text.startsWith(line + "\r\n", at)) {
                if (text.length() >= at + line.length() + 2) {
                    throw new Malformed();
                }
                return null;
            }
            int headers = at + line.length() + 2;
            int blank = text.indexOf(BLANK_LINE, headers - 2);
            if (blank < 0) {
                return null;
            }
            var head = text.substring(headers, Math.max(headers, blank));
            int content = blank + BLANK_LINE.length();
            var file = FILE_NAME.matcher(head);
            if (file.find()) {
                return new FormHead(fields, unescaped(file.group(1)), content);
            }
            int end = text.indexOf("\r\n" + line, content);
            if (end < 0) {
                return null;
            }
            var name = NAME.matcher(head);
            if (!name.find()) {
                throw new Malformed();
            }
            fields.put(unescaped(name.group(1)), utf8(text.substring(content, end)));
            at = end + 2;
        }
    }

    /** As browsers write a name that has quotes or line breaks. */
    private static String unescaped(String text) {
        return utf8(text).replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** No form with a file at its end. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed() {
            super("no form with a file at its end", null, false, false);
        }
    }
}
