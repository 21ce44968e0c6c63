package io.campaignlauncher.launchfile.sheet;

import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** What the XML of a workbook may hold; more than a spreadsheet would write is refused. */
final class WorkbookBounds {

    private static final int COLUMNS_MAX = 16_384;
    private static final int DEPTH_MAX = 64;
    private static final int TEXT_CHARACTERS_MAX = 100_000;
    private static final int FORMULA_CHARACTERS_MAX = 8_192;
    /** All parts together. */
    private static final Map<String, Integer> COUNT_MAX = Map.of("si", 500_000, "xf", 65_536, "numFmt", 65_536, "sheet",
            1_000, "Relationship", 10_000, "Override", 10_000);
    /** A cell is compared with each. */
    private static final int ARRAY_FORMULAS_MAX = 100;

    private final Map<String, Integer> counts = new HashMap<>();
    private int depth;
    private int cellsInRow;
    private int arrayFormulas;
    private int textsNeeded;
    private int characters;
    /** How deep the text stands that is being read; 0 outside of any. */
    private int textDepth;
    private String element = "";
    private boolean textIsIndex;
    private final StringBuilder index = new StringBuilder();

    void beginPart() {
        depth = 0;
        cellsInRow = 0;
        textDepth = 0;
        element = "";
    }

    /** @param event where the reader stands */
    void take(XMLStreamReader reader, int event) throws UnreadableSheet {
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw WorkbookGuard.unsafe("with a document type, which no spreadsheet writes");
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text(reader);
            default -> {
            }
        }
    }

    /** Once all parts were seen. */
    void checkTexts() throws UnreadableSheet {
        if (textsNeeded > counts.getOrDefault("si", 0)) {
            throw WorkbookGuard.unsafe("whose cells name texts that are not there");
        }
    }

    private void begin(XMLStreamReader reader) throws UnreadableSheet {
        if (++depth > DEPTH_MAX) {
            throw WorkbookGuard.unsafe("whose parts are nested too deeply");
        }
        element = reader.getLocalName();
        if (textDepth == 0) {
            characters = 0;
            textDepth = element.equals("c") || element.equals("si") ? depth : 0;
        }
        index.setLength(0);
        var most = COUNT_MAX.get(element);
        if (most != null && counts.merge(element, 1, Integer::sum) > most) {
            throw WorkbookGuard.unsafe("with more than " + most + " parts of one kind");
        }
        switch (element) {
            case "row" -> cellsInRow = 0;
            case "c" -> cell(reader);
            case "f" -> formula(reader);
            default -> {
            }
        }
    }

    private void cell(XMLStreamReader reader) throws UnreadableSheet {
        textIsIndex = "s".equals(reader.getAttributeValue(null, "t"));
        var reference = reader.getAttributeValue(null, "r");
        if (++cellsInRow > COLUMNS_MAX || reference != null && column(reference) > COLUMNS_MAX) {
            throw WorkbookGuard.unsafe("with more columns than a spreadsheet has");
        }
    }

    /** What is no reference the library refuses. */
    private static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && column <= COLUMNS_MAX; i++) {
            int letter = Character.toUpperCase(reference.charAt(i)) - 'A' + 1;
            if (letter >= 1 && letter <= 26) {
                column = column * 26 + letter;
            }
        }
        return column;
    }

    private void formula(XMLStreamReader reader) throws UnreadableSheet {
        if ("array".equals(reader.getAttributeValue(null, "t")) && ++arrayFormulas > ARRAY_FORMULAS_MAX) {
            throw WorkbookGuard.unsafe("with too many array formulas");
        }
    }

    private void text(XMLStreamReader reader) throws UnreadableSheet {
        characters += reader.getTextLength();
        if (characters > (element.equals("f") ? FORMULA_CHARACTERS_MAX : TEXT_CHARACTERS_MAX)) {
            throw WorkbookGuard.unsafe("with a cell of more characters than a spreadsheet holds");
        }
        if (element.equals("v") && textIsIndex) {
            index.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
    }

    private void end() {
        if (depth-- == textDepth) {
            textDepth = 0;
        }
        if (element.equals("v") && textIsIndex) {
            textsNeeded = Math.max(textsNeeded, needed(index.toString()));
        }
        element = "";
    }

    private static int needed(String index) {
        try {
            return Math.addExact(Integer.parseInt(index), 1);
        } catch (NumberFormatException | ArithmeticException e) {
            return Integer.MAX_VALUE;
        }
    }
}
