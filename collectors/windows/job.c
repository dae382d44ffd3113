/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/job.h"

#include "collectors/processes.h"
#include "collectors/registry.h"
#include "collectors/windows/images.h"
#include "collectors/windows/platform_state.h"
#include "collectors/windows/process_info.h"
#include "core/auto.h"
#include "core/windows/failure.h"

#include <stdlib.h>

enum {
	KEPT_MAX = 8192,      /* living processes whose handles are kept for their exit status */
	LIVING_MAX = 32768,   /* of one question to Windows */
	DRAIN_MAX = 10000,    /* messages taken at a time */
	DRAIN_SLICES = 4,     /* of hashing at a time */
};

struct kept {
	DWORD pid;
	HANDLE process;
};

struct job {
	struct watch *w;
	HANDLE job, port;
	struct images *images;
	size_t count;
	struct kept kept[KEPT_MAX];
};

static enum status connect_port(struct job *j, struct error *err)
{
	j->port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
	JOBOBJECT_ASSOCIATE_COMPLETION_PORT to = {.CompletionKey = j, .CompletionPort = j->port};
	if (!j->port || !SetInformationJobObject(j->job, JobObjectAssociateCompletionPortInformation, &to,
						 sizeof to))
		return fail_windows(err, ERR_UNAVAILABLE, GetLastError(),
				    "Windows will not tell of the session's processes");
	return OK;
}

enum status job_open(struct watch *w, struct job **ret, struct error *err)
{
	struct job *j = must_alloc(1, sizeof *j);
	j->w = w;
	j->port = NULL;
	j->count = 0;
	j->images = images_new(w);
	j->job = CreateJobObjectW(NULL, NULL);
	enum status status = j->job ? connect_port(j, err)
				    : fail_windows(err, ERR_UNAVAILABLE, GetLastError(),
						   "cannot make a job object");
	if (status) {
		job_close(j);
		return status;
	}
	*ret = j;
	return OK;
}

void job_close(struct job *j)
{
	if (!j)
		return;
	for (size_t i = 0; i < j->count; i++)
		CloseHandle(j->kept[i].process);
	if (j->job)
		CloseHandle(j->job);
	if (j->port)
		CloseHandle(j->port);
	images_free(j->images);
	free(j);
}

enum status job_put(struct job *j, HANDLE process, struct error *err)
{
	if (AssignProcessToJobObject(j->job, process))
		return OK;
	return fail_windows(err, ERR_UNAVAILABLE, GetLastError(),
			    "the command cannot be put into the session's job object");
}

static void born(struct job *j, DWORD pid)
{
	struct process_info info = {.pid = pid};
	HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, pid);
	if (process)
		process_info_of(process, &info);
	struct json *json = evidence_begin(j->w->evidence, "process", clock_now().wall_ns);
	json_add_u64(json, "pid", pid);
	if (info.parent)
		json_add_u64(json, "ppid", info.parent);
	if (info.exe[0]) {
		json_add_string(json, "comm", process_info_name(info.exe));
		json_add_string(json, "exe", info.exe);
		uint32_t image = images_see(j->images, info.exe);
		if (image)
			json_add_u64(json, "image", image);
	}
	json_add_bool(json, "cgroup", false);
	json_add_bool(json, "tree", true);
	evidence_end(j->w->evidence);
	processes_add(j->w->processes, pid);
	if (process && j->count < KEPT_MAX)
		j->kept[j->count++] = (struct kept){pid, process};
	else if (process)
		CloseHandle(process);
}

static void ended(struct job *j, DWORD pid)
{
	struct json *json = evidence_begin(j->w->evidence, "exit", clock_now().wall_ns);
	json_add_u64(json, "pid", pid);
	for (size_t i = 0; i < j->count; i++) {
		DWORD code;
		if (j->kept[i].pid != pid)
			continue;
		if (GetExitCodeProcess(j->kept[i].process, &code) && code != STILL_ACTIVE) {
			json_add_i64(json, "status", platform_wait_status(code));
			json_add_u64(json, "code", code);
		}
		CloseHandle(j->kept[i].process);
		j->kept[i] = j->kept[--j->count];
		break;
	}
	evidence_end(j->w->evidence);
	processes_remove(j->w->processes, pid);
}

static void job_drain(void *state)
{
	struct job *j = state;
	DWORD message;
	ULONG_PTR key;
	OVERLAPPED *value; /* a pid, of the messages that name one */
	for (int i = 0; i < DRAIN_MAX && GetQueuedCompletionStatus(j->port, &message, &key, &value, 0); i++)
		switch (message) {
		case JOB_OBJECT_MSG_NEW_PROCESS:
			born(j, (DWORD)(ULONG_PTR)value);
			break;
		case JOB_OBJECT_MSG_EXIT_PROCESS:
		case JOB_OBJECT_MSG_ABNORMAL_EXIT_PROCESS:
			ended(j, (DWORD)(ULONG_PTR)value);
			break;
		default:
			break;
		}
	for (int i = 0; i < DRAIN_SLICES && images_work(j->images); i++)
		;
}

size_t job_living(const struct job *j, uint32_t ret[], size_t max)
{
	size_t size = sizeof(JOBOBJECT_BASIC_PROCESS_ID_LIST) + LIVING_MAX * sizeof(ULONG_PTR);
	AUTO_FREE JOBOBJECT_BASIC_PROCESS_ID_LIST *list = must_alloc(1, size);
	size_t count = 0;
	/* with more than fit, those that do are told all the same */
	if (!QueryInformationJobObject(j->job, JobObjectBasicProcessIdList, list, (DWORD)size, NULL) &&
	    GetLastError() != ERROR_MORE_DATA)
		return 0;
	for (; count < list->NumberOfProcessIdsInList && count < max; count++)
		ret[count] = (uint32_t)list->ProcessIdList[count];
	return count;
}

/* The platform has made it, to hold the command. */
static enum status job_share(struct watch *w, void **ret_state, struct error *err)
{
	if (!w->platform->job)
		return fail(err, ERR_UNAVAILABLE, "Windows gave no job object");
	*ret_state = w->platform->job;
	return OK;
}

static uint64_t job_stop(void *state)
{
	struct job *j = state;
	job_drain(j);
	while (images_work(j->images))
		;
	return 0;
}

static void job_probe(struct probe *ret)
{
	HANDLE job = CreateJobObjectW(NULL, NULL);
	ret->works = job != NULL;
	slice_to_string(ret->works ? SLICE("job objects can be made") : SLICE("no job object can be made"),
			ret->detail, sizeof ret->detail);
	if (job)
		CloseHandle(job);
}

const struct collector collector_processes = {
	.name = "processes",
	.witnesses = "the processes that the command made, with their programs, through a job object",
	.needs = "nothing",
	.probe = job_probe,
	.open = job_share,
	.drain = job_drain,
	.stop = job_stop,
};
