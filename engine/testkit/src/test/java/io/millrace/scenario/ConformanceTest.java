package io.millrace.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Where the rows of Spark's own test suites are shown (behaviour spec 5), and what Spark has lost after failures (reliability spec,
 * appendix B). {@link BasicOperationsTest}, {@link JavaSuiteTest}, {@link WindowTablesTest} and {@link MapWithStateSuiteTest} are the
 * tables of records; here stands which test shows each other row of streams without state, of checkpoints and of logs. A row that does
 * not apply has a dash; {@code docs/spark-differences.md} names it with the reason.
 */
class ConformanceTest {
    private static final String BASIC_OPERATIONS_SUITE = """
            slice                                   | SuiteProgramsTest.aSliceHasTheDatasetsFromOneBatchTimeToAnother
            slice - has not been initialized        | SuiteProgramsTest.aSliceBeforeTheStartIsRefused
            rdd cleanup - map and window (map)      | SuiteProgramsTest.whatIsRememberedIsKeptForThatLongAndNoLonger
            rdd cleanup - input blocks and persisted RDDs | SuiteProgramsTest.whatIsRememberedIsKeptForThatLongAndNoLonger
            """;
    private static final String STREAMING_CONTEXT_SUITE = """
            from no conf constructor                | LifeCycleTest.theConstructorsForAClusterKeepWhatTheyAreTold
            from conf with settings                 | PortedContextsTest.aContextIsMadeFromAConfiguration
            from existing SparkContext              | PortedContextsTest.anEngineIsUsedForOneContextAfterTheOther
            checkPoint from conf                    | CheckpointDirectoryTest.theDirectoryComesFromTheProgramOrItsSettings
            start and stop state check              | LifeCycleTest.aContextIsInitializedThenActiveThenStopped
            start with non-serializable DStream checkpoints | -
            start failure should stop internal components | LifeCycleTest.aContextWhoseStartFailsIsStopped
            start should set local properties of streaming jobs correctly \
            | LocalPropertiesTest.streamsRunWithThePropertiesThatTheStartingThreadHadAtTheStart
            start multiple times                    | LifeCycleTest.startingTwiceChangesNothing
            stop before start                       | LifeCycleTest.aContextMayBeStoppedBeforeItWasStarted
            start after stop                        | LifeCycleTest.aStoppedContextIsNotStartedAgain
            stop only streaming context             | LifeCycleTest.theEngineMayBeKeptForAnotherContext
            stop(stopSparkContext=true) after stop(stopSparkContext=false) \
            | LifeCycleTest.theEngineIsStoppedByTheStopThatSaysSo
            stop gracefully                         | LifeCycleTest.aGracefulStopProcessesAllThatWasReceived
            stop gracefully even if a receiver misses StopReceiver \
            | StopAtAnyTimeTest.nothingIsLostByAGracefulStopAndNothingIsHeldAfterAny
            stop slow receiver gracefully           | TroubledReceiversTest.eightThreadsThatStoreUntilTheStopLoseNothing
            registering and de-registering of streamingSource | -
            registering and de-registering of progressListener | -
            awaitTermination                        | LifeCycleTest.awaitTerminationReturnsWhenAnotherThreadStops
            awaitTermination after stop             | LifeCycleTest.aContextMayBeStoppedBeforeItWasStarted
            awaitTermination with error in task     | FailureTest.aFunctionThatThrowsIsToldByOperatorBatchPartitionAndRecord
            awaitTermination with error in job generation \
            | SuiteProgramsTest.whatAFunctionOfTransformThrowsReachesWhoeverWaits
            awaitTerminationOrTimeout               | LifeCycleTest.aContextMayBeStoppedBeforeItWasStarted
            getOrCreate (no checkpoint)             | CheckpointDirectoryTest.withoutACheckpointTheFactoryMakesTheContext
            getOrCreate (corrupted)                 | CheckpointDirectoryTest.aCheckpointThatCannotBeReadIsRefusedUnlessANewContextIsWantedThen
            getOrCreate (valid)                     | CheckpointOnDiskTest.aFileThatComesWhileNoProcessRunsIsCountedOnce
            getOrCreate (valid, existing SparkContext) | GetOrCreateTest.anEngineThatExistsIsUsedByTheContextThatGoesOn
            getActiveOrCreate with checkpoint       | GetOrCreateTest.theActiveContextComesBeforeTheCheckpoint
            from checkpoint                         | RecoveryRegressionTest.settingsAreThoseOfTheProgramAndNotOfTheCheckpoint
            queueStream doesn't support checkpointing \
            | GetOrCreateTest.theDatasetsOfAQueueAreNotThereWhenTheirBatchIsRunAgainWhichIsSaid
            getActive                               | ActiveContextsTest.aContextIsActiveFromItsStartToItsStop
            getActiveOrCreate                       | ActiveContextsTest.theActiveContextIsGivenBeforeANewOneIsMade
            multiple streaming contexts             | ActiveContextsTest.aSecondContextIsRefusedAndMayStartWhenTheFirstHasStopped
            DStream and generated RDD creation sites | -
            throw exception on using active or stopped context \
            | LifeCycleTest.inputsTransformationsAndOutputsAreRefusedAfterStartAndAfterStop
            Creating an InputDStream but not using it should not crash | SuiteProgramsTest.anInputThatNobodyReadsDisturbsNothing
            Receiver data should be deserialized properly | -
            graceful shutdown shouldn't lead to job generation error \
            | BatchTimesTest.aGracefulStopMakesOneMoreBatchOfWhatWaitsAndNoneOfNothing
            """;
    private static final String CHECKPOINT_SUITE = """
            non-existent checkpoint dir             | CheckpointDirectoryTest.noContextComesFromADirectoryAlone
            basic rdd checkpoints + dstream graph checkpoint recovery \
            | CheckpointSuiteTest.checkpointsAreWrittenAndGivenUpAndAProgramGoesOnWithThemAgainAndAgain
            recovery of conf through checkpoints    | RecoveryRegressionTest.settingsAreThoseOfTheProgramAndNotOfTheCheckpoint
            get correct spark.driver.[host or port] from checkpoint | -
            recovery with map and reduceByKey operations | CheckpointSuiteTest.aMapAndAReduceByKeyGoOn
            recovery with invertible reduceByKeyAndWindow operation | CheckpointSuiteTest.aWindowWithAnInverseGoesOn
            recovery with saveAsHadoopFiles operation | CheckpointSuiteTest.savedTextFilesAreThereOnceForEachBatch
            recovery with saveAsNewAPIHadoopFiles operation | CheckpointSuiteTest.savedObjectFilesAreThereOnceForEachBatch
            recovery with saveAsHadoopFile inside transform operation | CheckpointSuiteTest.whatATransformSavesMayBeThereAlready
            recovery with updateStateByKey operation | CheckpointSuiteTest.stateByKeyGoesOn
            recovery maintains rate controller      | -
            recovery with file input stream         \
            | CheckpointSuiteTest.filesBelongToTheBatchesThatTheyBelongedToAndThoseOfTheMeantimeToTheBatchesThatWereMissed
            DStreamCheckpointData.restore invoking times | CheckpointSuiteTest.whatThreeOutputsReadIsGivenBackOnce
            recovery from checkpoint contains array object | CheckpointSuiteTest.aStateMayBeAnArray
            stack overflow when updateStateByKey is followed by a checkpointed dstream \
            | CheckpointSuiteTest.aStateThatFollowsAStateGoesOnWithIt
            FailureSuite: multiple failures with map | CheckpointSuiteTest.aMapOutlivesManyKills
            FailureSuite: multiple failures with updateStateByKey | CheckpointSuiteTest.stateOutlivesManyKills
            MapWithStateSuite: driver failure recovery | CheckpointSuiteTest.statesOfAMappingGoOn
            """;
    private static final String WRITE_AHEAD_LOG_SUITES = """
            write and read all logs, rotation       | ReceivedLogSuiteTest.whatIsInManySegmentsIsAllReadAgain
            read all logs after write               | DirectoryTest.theScenarioRunsOnTheDiskAndIsFoundAgain
            clean old logs                          | ReceivedLogSuiteTest.theLogOfWhatWasReceivedIsGivenUpBehindItsBatches
            handling file errors while reading rotating logs \
            | CheckpointRefusalsTest.aDamagedLogOfWhatWasReceivedIsRefusedWithFileOffsetAndBothChecksums
            do not create directories or files unless write | ReceivedLogSuiteTest.aContextThatIsNotStartedLeavesNothingOnTheDisk
            parallel recovery not enabled if closeFileAfterWrite = false | -
            reader: truncated last record dropped   | JournalTest.aTornTailIsDroppedAndSetAside
            reader: missing file                    | JournalTest.aMissingSegmentIsNamed
            writer: read back by handle             | -
            BatchedWriteAheadLog: records written together | DurableStoresTest.aStoreOfSeveralRecordsReturnsOnceAllItsBlocksAreDurable
            BatchedWriteAheadLog: failure surfaces  \
            | JournalTest.aJournalThatCannotForceTheSecondFileEitherFailsAndLosesNothingAcknowledged
            BatchedWriteAheadLog: close fails everything queued \
            | DurableStoresTest.whenTheSourceIsClosedAStoreThatWaitsSaysThatItsRecordsMayBeMissing
            WriteAheadLogUtilsSuite                 | -
            WriteAheadLogBackedBlockRDDSuite: all in log | ReceivedLogSuiteTest.blocksFromTheLogAreThePartitionsThatTheyWere
            WriteAheadLogBackedBlockRDDSuite: in log and in memory | ReceivedLogSuiteTest.blocksFromTheLogAndNewOnesAreOneBatch
            WriteAheadLogBackedBlockRDDSuite: skip block fetch | -
            JavaWriteAheadLogSuite                  | -
            """;
    private static final String FAILURES_OF_SPARK = """
            SPARK-6222  | ReceivedLogSuiteTest.whatWasReceivedIsCountedOnceWhereverTheProcessEndsWhileItsBatchIsRun
            SPARK-23438 | ReceivedLogSuiteTest.aBlockThatNoBatchHadWhenTheProcessDiedIsInTheNextOne
            SPARK-5233  | ReceivedLogSuiteTest.aBatchThatIsRunAgainHasItsOwnBlocksAndNoneThatCameLater
            SPARK-4707  | ReceivedLogSuiteTest.afterAStoreThatFailedNothingIsStoredAndTheNextProcessGoesOnAtThatRecord
            SPARK-18905 | RecoveryRegressionTest.aBatchWhoseOutputFailedAndEndedTheRunIsRunAgainByTheNext
            SPARK-12122 | RecoveryRegressionTest.batchesThatWaitedWhenTheProcessEndedAreRunOnceEachAndInOrder
            SPARK-11740 | RecoveryRegressionTest.noOlderCheckpointTakesThePlaceOfANewerOne
            SPARK-5147 (batches) | RecoveryRegressionTest.theFilesOfACheckpointDoNotGrowInNumber
            SPARK-5147 (received) | ReceivedLogSuiteTest.theLogOfWhatWasReceivedIsGivenUpBehindItsBatches
            SPARK-4518, SPARK-4519 | RecoveryRegressionTest.aFileIsReadOnceHoweverOftenTheProcessIsStartedAgain
            file stream 60 s window | RecoveryRegressionTest.aFileThatIsOldOrComesLateAfterALongTimeWithoutAProcessIsRead
            SPARK-28912 | RecoveryRegressionTest.aCheckpointDirectoryMayBeNamedAsSparkNamesItsFiles
            SPARK-30199 | RecoveryRegressionTest.settingsAreThoseOfTheProgramAndNotOfTheCheckpoint
            SPARK-6847  | RecoveryRegressionTest.aThousandBatchesOfStateAreNoDeepStack
            SPARK-11267 | CrashTest.whatWasAcknowledgedOutlivesACrashAtEveryOperation
            SPARK-4835  | CheckpointSuiteTest.whatATransformSavesMayBeThereAlready
            SPARK-5569  | CheckpointSuiteTest.aStateMayBeAnArray
            BlockNotFound under overload | MemoryTest.whenTheMemoryIsFullAnOfferIsRefusedUntilABatchGaveSomeBack
            driver failure without write-ahead log | ReliableReceiversTest.eachRecordIsCountedOnceWhateverEndsTheProcess
            upgrade     | RecoveryRegressionTest.theSameCheckpointGoesOnWithOtherFunctionsAndAnotherStatelessOperator
            """;
    private static final String INPUT_STREAMS_SUITE = """
            socket input stream                     | SocketTextTest.linesAreCountedHoweverTheyArePiecedAndTheConnectionIsTakenUpAgain
            socket input stream - no block in a batch | DatasetsTest.anEmptyBatchHasNoPartitionAndNoFirstRecord
            binary records stream                   | FileStreamTest.fixedLengthRecordsOfOneFileEach
            file input stream - newFilesOnly = true | FileStreamTest.newFilesAreReadAsTheyComeAndTheOldOneIsNot
            file input stream - newFilesOnly = false | FileStreamTest.withoutNewFilesOnlyTheOldOneIsReadToo
            file input stream - wildcard            | FileStreamTest.aGlobOfDirectoriesIsReadAndNotTheirParent
            Modified files are correctly detected   | FileStreamTest.renamedFilesAreReadHoweverOldAndByTheWindowOnlyFreshOnes
            multi-thread receiver                   | ReceiverStreamTest.tenThreadsStoreAThousandRecordsEach
            queue input stream                      | SuiteProgramsTest.aQueueGivesOneDatasetABatchOrAllThatWait
            track the number of input stream        | SuiteProgramsTest.inputsAreNumberedInTheOrderOfTheirCreation
            """;
    private static final String RECEIVER_SUITES = """
            receiver life cycle: store              | ReceiverTest.everyWayToStoreReachesTheInletOnce
            receiver life cycle: reportError, stop  | ReceiverTest.errorsRestartsAndStopsReachTheInlet
            receiver life cycle: restart            | ReceiverSourceTest.aRestartStopsWaitsAndStartsAgain
            block generator throttling              | ReceiverThreadsTest.theRateLimitHoldsSingleStoresBackUntilTheClockAllowsThem
            no blocks                               | FileStreamTest.anEmptyBatchIsOneWithoutPartitionsAndIsKnownToBeEmpty
            blocks in store                         | BatchTimesTest.blocksAreCutAtTheBlockIntervalAndAreThePartitionsOfABatch
            ReceivedBlockHandlerSuite: buffers, iterators, bytes | ReceiverSourceTest.everyWayToStoreReachesTheNextBlock
            block addition, and block to batch allocation | BatchTimesTest.batchesThatAreLateAreAllRunInOrderAndTheFirstTakesWhatWaited
            should restart receiver after stopping it | ReceiverSourceTest.aReceiverThatStopsItselfIsStartedAgainAfterTheRestartDelay
            preferred locations                     | -
            ReceiverSchedulingPolicySuite           | -
            block generation and data callbacks     | ReceiverStreamTest.everyFormOfStoreArrivesInOrder
            stop ensures correct shutdown           | ReceiverSourceTest.whatAReceiverStoresWhileItIsBeingStoppedIsInTheLastCut
            block push errors are reported          | ReceiverSourceTest.anErrorIsReportedAndStopsNothing
            RateLimiterSuite                        | RateLimitTest.aRateBelowTheMaximumIsTakenAndOneAboveMeansTheMaximum
            """;
    private static final String SMALL_TYPES = """
            DurationSuite: less, lessEq, greater, greaterEq | DurationTest.isShorterOrLongerThanAnother
            DurationSuite: plus, minus, times       | DurationTest.isAddedTakenAwayAndMultiplied
            DurationSuite: div                      | DurationTest.isDividedWithFractions
            DurationSuite: isMultipleOf             | DurationTest.isAMultipleOfWhatFitsWithoutARest
            DurationSuite: min, max                 | DurationTest.givesTheShorterAndTheLongerOfTwo
            DurationSuite: isZero                   | DurationTest.knowsWhetherItIsZero
            DurationSuite: Milliseconds, Seconds, Minutes | DurationTest.isMadeFromMillisecondsSecondsAndMinutes
            TimeSuite: less, lessEq, greater, greaterEq | TimeTest.isBeforeOrAfterAnother
            TimeSuite: plus, minus a duration       | TimeTest.movesByADuration
            TimeSuite: minus a time                 | TimeTest.isADurationAwayFromAnother
            TimeSuite: floor                        | TimeTest.isRoundedDownToAGrid
            TimeSuite: floor from another zero      | TimeTest.isRoundedDownToAGridThatBeginsElsewhere
            TimeSuite: isMultipleOf                 | TimeTest.isAMultipleOfADuration
            TimeSuite: min, max                     | TimeTest.givesTheEarlierAndTheLaterOfTwo
            TimeSuite: until                        | TimeTest.listsTheTimesBeforeAnEnd
            TimeSuite: to                           | TimeTest.listsTheTimesUpToAnEnd
            RecurringTimerSuite: basic              | BatchTimesTest.batchTimesLieOnAGridThatBeginsAtTheEpoch
            RecurringTimerSuite: SPARK-10224        | BatchTimesTest.aPlainStopRunsNoFurtherBatch
            DStreamClosureSuite                     | -
            DStreamScopeSuite                       | -
            UISeleniumSuite                         | -
            UIUtilsSuite                            | -
            RateLimitedOutputStreamSuite            | -
            """;
    private static final String JAVA_SUITES = """
            testInitialization, testContextState    | LifeCycleTest.aContextIsInitializedThenActiveThenStopped
            testVariousTransform                    | SuiteProgramsTest.allFormsOfTransformTakeLambdas
            testVariousTransformWith                | SuiteProgramsTest.allFormsOfTransformWithTakeLambdas
            testStreamingContextTransform           | SuiteProgramsTest.theContextsTransformSeesTheDatasetsOfAllStreamsInTheOrderOfTheList
            testForeachRDD                          | SuiteProgramsTest.bodiesOfForeachRddAddToAccumulators
            testSocketString                        | SocketBlocksTest.aConverterIsCalledForEachConnection
            testRawSocketStream                     | SocketBlocksTest.blocksComeThroughARawSocketAndADamagedOneCostsOnlyItself
            testCheckpointMasterRecovery            | GetOrCreateTest.lengthsOfWordsGoOnBehindTheBatchThatWasRun
            testContextGetOrCreate                  | CheckpointOnDiskTest.aCheckpointThatIsDamagedIsRefusedByFileUnlessANewOneIsWantedThen
            testTextFileStream                      | FileStreamTest.aFileModifiedAtTheBatchTimeBelongsToThatBatch
            compileSaveAsJavaAPI                    | -
            JavaReceiverAPISuite                    | ReceiverStreamTest.aReceiverThatRestartsGoesOn
            JavaStreamingListenerAPISuite           | ListenersTest.aBatchIsToldWithTheTimesThatItHasSoFar
            """;
    private static final Path ROOT = Path.of("..", "..");

    private final Map<String, String> sources = testSources();

    private static Map<String, String> testSources() {
        Map<String, String> sources = new TreeMap<>();
        for (String module : new String[] {"engine/api", "ingest", "checkpoint", "engine", "engine/testkit"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    sources.merge(file.getFileName().toString(), Files.readString(file), String::concat);
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return sources;
    }

    @TestFactory
    Stream<DynamicTest> everyRowHasATestOrAReason() throws IOException {
        String reasons = Files.readString(ROOT.resolve("engine/docs/spark-differences.md"));
        return rows().map(row -> DynamicTest.dynamicTest(
                row[0],
                () -> assertTrue(
                        row[1].equals("-") ? reasons.contains("`" + row[0] + "`") : hasTest(row[1]),
                        row[1].equals("-") ? "spark-differences.md gives no reason" : "there is no test " + row[1])));
    }

    private boolean hasTest(String test) {
        String[] place = test.split("\\.");
        return sources.getOrDefault(place[0] + ".java", "").contains(" void " + place[1] + "(");
    }

    @Test
    void noRowStandsTwice() {
        Set<String> seen = new HashSet<>();
        rows().forEach(row -> assertTrue(seen.add(row[0]), row[0]));
    }

    private static Stream<String[]> rows() {
        return Stream.of(
                        BASIC_OPERATIONS_SUITE,
                        STREAMING_CONTEXT_SUITE,
                        CHECKPOINT_SUITE,
                        WRITE_AHEAD_LOG_SUITES,
                        FAILURES_OF_SPARK,
                        INPUT_STREAMS_SUITE,
                        RECEIVER_SUITES,
                        SMALL_TYPES,
                        JAVA_SUITES)
                .flatMap(String::lines)
                .map(line -> line.split(" *\\| *"));
    }
}
