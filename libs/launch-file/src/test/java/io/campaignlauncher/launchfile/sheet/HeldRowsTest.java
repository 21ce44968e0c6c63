package io.campaignlauncher.launchfile.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;

class HeldRowsTest {

    private static final int ROWS = 5_000;
    private static final KnownColumns ANY = List::size;

    @Test
    void no_row_of_a_text_is_held_once_the_next_is_given() throws Exception {
        var text = new StringBuilder("a,b,c\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(i).append(",b,c\n");
        }

        assertThat(heldAtTheEnd(text.toString().getBytes(StandardCharsets.UTF_8))).isLessThan(10);
    }

    @Test
    void no_row_of_a_workbook_is_held_once_the_next_is_given() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", null)) {
            var sheet = workbook.newWorksheet("a");
            for (int i = 0; i <= ROWS; i++) {
                sheet.value(i, 0, "a" + i);
                sheet.value(i, 1, "b");
                sheet.value(i, 2, i);
            }
        }

        assertThat(heldAtTheEnd(bytes.toByteArray())).isLessThan(10);
    }

    /** How many rows are still reachable when the last one is given. */
    private static long heldAtTheEnd(byte[] file) throws UnreadableSheet {
        var given = new ArrayList<WeakReference<SheetRow>>();
        var held = new ArrayList<Long>();
        Sheets.open(file, ANY).forEachRow(row -> {
            given.add(new WeakReference<>(row));
            if (given.size() == ROWS + 1) {
                System.gc();
                held.add(given.stream().filter(each -> each.get() != null).count());
            }
        });
        return held.getFirst();
    }
}
