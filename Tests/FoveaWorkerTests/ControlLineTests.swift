import FoveaWorker
import Testing
