import CSpadePlatform

/// Work that the threads share: tasks that may run at the same time and in any order.
protocol PoolJob {
  var taskCount: Int { get }

  /// - Parameter scratch: Of the thread that runs the task.
  func run(task: Int, scratch: Scratch)

  /// `{ runTask(of: Self.self, $0, $1, $2) }`, what C calls for each task: it cannot be generic, so that each job has one.
  static var body: ThreadPool.Body { get }
}

/// What all tasks of a job know.
private struct PoolContext<Job: PoolJob> {
  let job: Job
  let scratch: ScratchAreas
}

extension ThreadPool {
  /// Gets a `PoolContext`, the task and the number of the thread it runs on.
  typealias Body = @convention(c) (_ context: UnsafeMutableRawPointer?, _ task: Int, _ thread: Int) -> Void

  /// Runs each task of `job` once and returns when all have returned.
  func run<Job: PoolJob>(_ job: Job, scratch: ScratchAreas) {
    var context = PoolContext(job: job, scratch: scratch)
    let pool = pool
    withUnsafeMutablePointer(to: &context) {
      spade_pool_run(pool, job.taskCount, Job.body, UnsafeMutableRawPointer($0))
    }
  }
}

/// Runs a task of a job of type `Job` on a thread of the pool.
@inline(__always)
func runTask<Job: PoolJob>(
  of _: Job.Type, _ context: UnsafeMutableRawPointer?, _ task: Int, _ thread: Int
) {
  // Safe: `run` passes the body of the job's type along with its context.
  let context = context.unsafelyUnwrapped.assumingMemoryBound(to: PoolContext<Job>.self)
  context.pointee.job.run(task: task, scratch: context.pointee.scratch[thread])
}
