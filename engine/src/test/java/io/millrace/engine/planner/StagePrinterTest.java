package io.millrace.engine.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.DStream;
import io.millrace.api.Durations;
import io.millrace.api.HashPartitioner;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagePrinterTest {
    private static StreamingContext context() {
        return new StreamingContext(
                new MillraceConf(false).setMaster("local[2]").setAppName("explain"), Durations.seconds(1));
    }

    @Test
    void recognisedFunctionsRunInLanesAndLambdasRowByRow() {
        try (StreamingContext ssc = context()) {
            ssc.socketTextStream("localhost", 9999)
                    .flatMap(Text.split(' '))
                    .filter(word -> !word.isEmpty())
                    .mapToPair(Text.pairWith(1))
                    .reduceByKey(Reducers.sumInt())
                    .print();
            assertEquals("""
                    exchange 0, reduceByKey-1: folds by key, values in lanes, into 2 partitions
                      reads source-1 (input 0) through flatMap-1 (lane), filter-1 (rows), mapToPair-1 (lane)
                    output print-1
                      reads exchange 0
                    """, ssc.explain());
        }
    }

    @Test
    void operatorsThatWorkOnObjectsSaySo() {
        try (StreamingContext ssc = context()) {
            DStream<String> words = ssc.pushStream(String.class);
            PairDStream<String, Integer> ones = words.mapToPair(Text.pairWith(1));
            ones.join(ones.repartition(3), new HashPartitioner(4))
                    .mapPartitions(rows -> List.of(1).iterator())
                    .print();
            assertEquals("""
                    exchange 0, join-1: shuffles by key with HashPartitioner(4) into 4 partitions
                      reads source-1 (input 0) through mapToPair-1 (lane)
                    exchange 1, repartition-1: deals out rows into 3 partitions
                      reads source-1 (input 0) through mapToPair-1 (lane)
                    exchange 2, join-1: shuffles by key with HashPartitioner(4) into 4 partitions
                      reads exchange 1
                    output print-1
                      reads [exchange 0; exchange 2] through join-1 (values as objects) through mapPartitions-1 (objects)
                    """, ssc.explain());
        }
    }
}
