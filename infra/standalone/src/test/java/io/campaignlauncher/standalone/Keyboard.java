package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** Somebody who has no pointer: goes on by Tab, and has to see where they are. */
final class Keyboard {

    private static final int STEPS_MAX = 60;
    /** Has an outline that is wide enough, is on the screen, and nothing lies over it. */
    private static final String SEEN = """
            () => {
              const at = document.activeElement;
              if (!at || at === document.body) { return 'nothing has the focus'; }
              const style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) {
                return 'no outline around ' + at.outerHTML.slice(0, 100);
              }
              const shown = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return shown && (at.contains(shown) || shown.contains(at)) ? '' : 'hidden: ' + at.outerHTML.slice(0, 100);
            }""";

    private final Page page;

    Keyboard(Page page) {
        this.page = page;
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    /** One step, after which one sees where one is. */
    void tab() {
        step("Tab");
    }

    /** On to this, which is further down the page. */
    void tabTo(Locator target) {
        stepTo(target, "Tab");
    }

    /** Back to this, which is further up the page. */
    void tabBackTo(Locator target) {
        stepTo(target, "Shift+Tab");
    }

    private void step(String key) {
        press(key);
        assertThat(page.evaluate(SEEN)).isEqualTo("");
    }

    private void stepTo(Locator target, String key) {
        for (int i = 0; i < STEPS_MAX; i++) {
            step(key);
            if (Boolean.TRUE.equals(target.evaluate("it => it === document.activeElement"))) {
                return;
            }
        }
        PlaywrightAssertions.assertThat(target).isFocused();
    }
}
