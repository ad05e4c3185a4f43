//! Which payload is what.

/// What an answer is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A new record.
    Created,
    /// A record by its key, written.
    Upserted,
    /// 204.
    Empty,
    /// A record as a whole.
    Record,
    /// A page of a query.
    Query,
    /// The answer to a composite request.
    Composite,
    /// One answer inside a composite request's.
    Subresult,
    /// A refusal.
    Error,
    /// A describe of one object.
    Describe,
    /// A describe as `prepare` asks for it.
    DescribeInComposite,
    /// The list of all objects.
    DescribeGlobal,
    /// The short description of an object, with the records used last.
    Basic,
    /// A collection of creates or updates.
    Saves,
    /// A collection of upserts.
    Upserts,
    /// A collection of deletes.
    Deleted,
    /// A collection of reads.
    Retrieved,
    /// The answer to a batch.
    Batch,
    Graphs,
    /// Tokens for a refresh token.
    Tokens,
    /// A refusal of the token endpoint.
    TokenError,
    /// Who a session belongs to.
    UserInfo,
    /// The same in the older form.
    Identity,
    /// The list of API versions.
    Versions,
    /// The org's limits.
    Limits,
}

/// Files by what they are, each file once.
pub const COVERED: &[(Kind, &[&str])] = &[
    (
        Kind::Created,
        &[
            "record/create_201_account",
            "record/create_201_account_2026",
            "record/create_201_account_full_headers",
            "record/create_201_contact_full_headers",
            "record/create_201_custom_object",
            "record/create_201_lead",
            "record/create_201_lead_2",
            "record/upsert_created_201_pre46",
        ],
    ),
    (
        Kind::Upserted,
        &[
            "record/upsert_200_updateOnly_by_Id_2026",
            "record/upsert_201_contact_by_Email_2026",
            "record/upsert_201_created_true_doc",
        ],
    ),
    (
        Kind::Empty,
        &["record/delete_204", "record/delete_204_2026", "record/update_204_2026", "record/update_204_custom_object"],
    ),
    (
        Kind::Record,
        &["record/get_all_types", "record/get_by_external_id_2026", "record/get_by_external_id_custom_object_doc"],
    ),
    (
        Kind::Query,
        &[
            "query/query_2026",
            "query/query_account_5",
            "query/query_account_by_id_alias_django",
            "query/query_account_by_name",
            "query/query_by_id_no_rows",
            "query/query_cases_2026",
            "query/query_contacts_list",
            "query/query_date_datetime_time_v62",
            "query/query_leads_compound_address",
            "query/query_more_last_page_2026_trimmed",
            "query/query_page_1_of_2_trimmed",
            "query/query_parent_owner_name",
            "query/query_types_and_relations",
        ],
    ),
    (
        Kind::Composite,
        &[
            "composite/composite_304_if_modified_since",
            "composite/composite_4_queries",
            "composite/composite_account_contact_junction_doc",
            "composite/composite_count_one_invalid_type",
            "composite/composite_count_queries_empty",
            "composite/composite_foreign_key_external_id_not_found",
            "composite/composite_outer_allornone_true_inner_false_rolled_back_doc",
            "composite/composite_query_miss_invalid_reference",
            "composite/composite_query_ref_then_creates_cumulusci",
            "composite/composite_string_too_long_and_halted",
            "composite/composite_sub_not_found",
            "composite/composite_two_creates_with_warnings_member",
            "composite/composite_two_patch_204_null_bodies",
            "composite/composite_upsert_account_then_create_contact_doc",
        ],
    ),
    (
        Kind::Subresult,
        &["composite/composite_subresult_create_ok_doc", "composite/composite_subresult_invalid_email_doc"],
    ),
    (
        Kind::Error,
        &[
            "error/api_disabled_for_org_403",
            "error/collections_empty_records_400",
            "error/delete_bad_id_404",
            "error/duplicate_value_lead_400",
            "error/duplicate_value_permissionset_400",
            "error/duplicates_detected_account_allowsave_false_v56",
            "error/duplicates_detected_contact_allowsave_true_v54",
            "error/entity_is_deleted_404",
            "error/entity_is_deleted_delete_404_v2",
            "error/entity_is_deleted_logged",
            "error/get_bad_id_404",
            "error/invalid_cross_reference_key_recordtype_logged",
            "error/invalid_field_create_400",
            "error/invalid_field_for_insert_update_400",
            "error/invalid_field_for_insert_update_custom_logged",
            "error/invalid_field_for_insert_update_name_logged",
            "error/invalid_field_id_in_create_body_400_doc",
            "error/invalid_field_query_400",
            "error/invalid_field_query_custom_400",
            "error/invalid_field_unknown_column",
            "error/invalid_field_update_400",
            "error/invalid_field_write",
            "error/invalid_query_filter_operator_bad_id_400",
            "error/invalid_session_id_expired_401",
            "error/invalid_type_query_unknown_object_400",
            "error/malformed_id_400_doc",
            "error/malformed_id_update_400",
            "error/malformed_query_400",
            "error/method_not_allowed_patch_on_collection_url_405",
            "error/not_found_unknown_object_create_404",
            "error/not_found_unknown_object_django_404",
            "error/query_timeout_400",
            "error/request_limit_exceeded_totalrequests_logged",
            "error/required_field_missing_400",
            "error/required_field_missing_name_logged",
            "error/restricted_picklist_logged",
            "error/string_too_long_400",
            "error/unable_to_lock_row_issue",
            "error/upsert_bad_external_id_field_404",
            "error/upsert_unknown_external_id_field_object_body_doc",
            "error/uri_too_long_414_html",
        ],
    ),
    (
        Kind::Describe,
        &[
            "describe/describe_account",
            "describe/describe_account_person_accounts_enabled",
            "describe/describe_account_swift",
            "describe/describe_account_v58_2026",
            "describe/describe_case",
            "describe/describe_contact",
            "describe/describe_custom_setting",
            "describe/describe_datetestobject_date_datetime_time",
            "describe/describe_event",
            "describe/describe_lead",
            "describe/describe_opportunity",
            "describe/describe_opportunitycontactrole",
            "describe/describe_whizbang_all_types",
        ],
    ),
    (Kind::DescribeInComposite, &["describe/describe_account_sampled", "describe/describe_custom_object_in_composite"]),
    (Kind::DescribeGlobal, &["describe/describe_global"]),
    (Kind::Basic, &["describe/sobject_basic_info_account_2026"]),
    (
        Kind::Saves,
        &[
            "composite/collections_create_2026",
            "composite/collections_create_all_or_none_doc",
            "composite/collections_create_allornone_rolledback",
            "composite/collections_create_one_duplicate_doc",
            "composite/collections_create_success",
            "composite/collections_update_2026",
            "composite/collections_update_allornone_invalid_field",
            "composite/collections_update_missing_ids",
            "composite/collections_update_success",
            "composite/collections_upsert_partial_malformed_id_doc",
        ],
    ),
    (
        Kind::Upserts,
        &[
            "composite/collections_upsert_by_Id_null_creates",
            "composite/collections_upsert_contact_by_Email",
            "composite/collections_upsert_contact_by_Email_second_run",
            "composite/collections_upsert_created_flags_doc",
        ],
    ),
    (Kind::Deleted, &["composite/collections_delete_partial_malformed_id_doc"]),
    (Kind::Retrieved, &["composite/collections_get_with_null_doc"]),
    (Kind::Batch, &["composite/batch_update_then_get_doc"]),
    (
        Kind::Graphs,
        &[
            "composite/graph_create_1",
            "composite/graph_create_2026",
            "composite/graph_create_tree_refs",
            "composite/graph_two_graphs_doc",
            "composite/graph_update_204",
        ],
    ),
    (Kind::Tokens, &["oauth/refresh_success"]),
    (
        Kind::TokenError,
        &[
            "oauth/refresh_error_already_being_processed",
            "oauth/refresh_error_expired",
            "oauth/token_error_expired_authorization_code",
            "oauth/token_error_invalid_client",
            "oauth/token_error_invalid_client_id",
            "oauth/token_error_invalid_password",
            "oauth/token_error_redirect_uri_mismatch",
            "oauth/token_error_unsupported_grant_type",
            "oauth/token_error_user_hasnt_approved",
        ],
    ),
    (Kind::UserInfo, &["oauth/current_user_2026", "oauth/userinfo_trimmed_by_source"]),
    (Kind::Identity, &["oauth/identity"]),
    (
        Kind::Versions,
        &[
            "misc/services_data_versions",
            "misc/services_data_versions_2026",
            "misc/services_data_versions_v31_v61_doc",
            "misc/resources_root_2026",
        ],
    ),
    (Kind::Limits, &["misc/limits", "misc/limits_2026", "misc/limits_doc"]),
];

/// Files that nothing of ours reads or answers, by the reason.
pub const NO_COUNTERPART: &[(&str, &[&str])] = &[
    (
        "Bulk API 2.0 is for thousands of rows, not for a chat",
        &[
            "bulk2/failedresults_csv",
            "bulk2/job_aborted_doc",
            "bulk2/job_close_uploadcomplete_doc",
            "bulk2/job_create_delete_open",
            "bulk2/job_create_insert_open_doc",
            "bulk2/job_create_upsert_doc",
            "bulk2/job_create_upsert_open",
            "bulk2/job_info_doc",
            "bulk2/job_info_failed_invalidbatch",
            "bulk2/job_info_inprogress",
            "bulk2/job_info_jobcomplete",
            "bulk2/job_info_jobcomplete_doc",
            "bulk2/job_info_partial_failure",
            "bulk2/job_patch_uploadcomplete",
            "bulk2/query_job_create",
            "bulk2/query_job_uploadcomplete_airbyte",
        ],
    ),
    (
        "trees only create, which composite requests and graphs do too",
        &["composite/tree_create_ok_doc", "composite/tree_invalid_email_400_doc"],
    ),
    (
        "searches do not find what was written a moment ago, so nothing here searches",
        &[
            "misc/parameterized_search_empty_2026",
            "misc/parameterized_search_results_doc",
            "misc/search_empty_2026",
            "misc/search_results",
            "error/malformed_search_400",
        ],
    ),
    (
        "lists of changes and counts of records are for synchronisation",
        &["misc/get_deleted", "misc/get_updated", "misc/record_count_doc", "record/recordcount"],
    ),
    (
        "aggregates and subqueries are never asked for",
        &[
            "query/query_aggregate_count",
            "query/query_aggregate_groupby",
            "query/query_aggregate_swift",
            "query/query_opportunity_subquery_roles",
        ],
    ),
    ("files are not written", &["record/create_contentversion_201", "query/query_binary_field_url"]),
    ("one result of a list, without the list", &["composite/collections_record_malformed_id"]),
];

/// The files of a kind.
pub fn of(kind: Kind) -> &'static [&'static str] {
    COVERED.iter().find(|(known, _)| *known == kind).map(|(_, files)| *files).expect("a kind with files")
}
