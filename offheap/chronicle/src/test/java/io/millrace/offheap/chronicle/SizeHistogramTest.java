package io.millrace.offheap.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.memory.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SizeHistogramTest {
    @Test
    void withoutSizesItSaysWhatItIsGiven() {
        assertEquals(7, new SizeHistogram().ninetiethPercentile(7));
    }

    @Test
    void aTenthOfLargeSizesIsLeftOut() {
        SizeHistogram sizes = new SizeHistogram();
        for (int i = 0; i < 90; i++) {
            sizes.add(3);
        }
        for (int i = 0; i < 10; i++) {
            sizes.add(Integer.MAX_VALUE);
        }
        assertEquals(3, sizes.ninetiethPercentile(0));
    }

    @Test
    void thePercentileIsThatOfTheSortedSizesAndAtMostAQuarterMore() {
        Seeds.play(100, random -> {
            int[] sorted = random.ints(1 + random.nextInt(1_000), 0, 1 << random.nextInt(31))
                    .toArray();
            SizeHistogram sizes = new SizeHistogram();
            Arrays.stream(sorted).forEach(sizes::add);
            Arrays.sort(sorted);
            int exact = sorted[sorted.length - 1 - sorted.length / 10];
            int told = sizes.ninetiethPercentile(0);
            assertTrue(told >= exact && told <= exact * 1.25, exact + " told as " + told);
        });
    }
}
